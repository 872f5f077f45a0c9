"""Fine-tunes a LoRA adapter on alpaca.jsonl with Unsloth, on one GPU:
python deploy/tune/unsloth/sft.py set/alpaca.jsonl

2 x 64 = 128 samples a step, 3 epochs, 2048 tokens, a warm-up of 0.03 as in arXiv 2402.10110; the rate is for LoRA.
Checked: it compiles, row() as it is, and SFTConfig's settings against TRL 1.13.0 and transformers 5.18.0.
Not checked: a run, with or without a GPU, and which TRL your Unsloth takes.
"""

import sys

MODEL = "unsloth/Qwen2.5-7B-Instruct"


def row(example):
    asked = "\n".join(part for part in (example["instruction"], example["input"]) if part)
    return {
        "prompt": [{"role": "user", "content": asked}],
        "completion": [{"role": "assistant", "content": example["output"]}],
    }


def main(data_file):
    from unsloth import FastLanguageModel  # before trl, which it changes

    from datasets import load_dataset
    from trl import SFTConfig, SFTTrainer

    model, tokenizer = FastLanguageModel.from_pretrained(MODEL, max_seq_length=2048, load_in_4bit=True)
    model = FastLanguageModel.get_peft_model(
        model,
        r=16,
        lora_alpha=16,
        target_modules=["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
        use_gradient_checkpointing="unsloth",
    )
    rows = load_dataset("json", data_files=data_file, split="train")
    rows = rows.map(row, remove_columns=rows.column_names)
    training = SFTConfig(
        output_dir="tuned",
        max_length=2048,
        num_train_epochs=3,
        per_device_train_batch_size=2,
        gradient_accumulation_steps=64,
        learning_rate=2e-4,
        lr_scheduler_type="cosine",
        warmup_steps=0.03,
        logging_steps=10,
        seed=42,
    )
    SFTTrainer(model=model, processing_class=tokenizer, args=training, train_dataset=rows).train()
    model.save_pretrained("tuned")
    tokenizer.save_pretrained("tuned")


if __name__ == "__main__":
    main(sys.argv[1])
