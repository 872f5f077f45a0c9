"""Fine-tunes on messages.jsonl or reflection-twice.jsonl with TRL; the settings are in sft.yaml.

The loss is on answers only, and in reflection-twice.jsonl from loss_from on.
Checked: three steps of either file with Cermin's bundled model on a CPU, TRL 1.13.0, transformers 5.18.0 and
datasets 5.0.1; the tokens with a loss, decoded, are the answers, the second time what stands behind <reflection>.
Not checked: a full-size model, a GPU.
"""

from dataclasses import dataclass


@dataclass
class Data:
    data_file: str


def row(example, tokenizer):
    *asked, answer = [{"role": m["role"], "content": m["content"]} for m in example["messages"]]
    loss_from = example.get("loss_from")
    if loss_from is None:
        return {"prompt": asked, "completion": [answer]}
    # as text, so that the completion may begin within the answer; TRL puts the end of the turn behind it
    start = tokenizer.apply_chat_template(asked, tokenize=False, add_generation_prompt=True)
    if tokenizer.bos_token and tokenizer("x")["input_ids"][0] == tokenizer.bos_token_id:
        start = start.removeprefix(tokenizer.bos_token)  # the tokenizer will put it there again
    return {"prompt": start + answer["content"][:loss_from], "completion": answer["content"][loss_from:]}


def main():
    from datasets import load_dataset
    from transformers import AutoTokenizer
    from trl import ModelConfig, SFTConfig, SFTTrainer, TrlParser

    data, training, model = TrlParser((Data, SFTConfig, ModelConfig)).parse_args_and_config()
    tokenizer = AutoTokenizer.from_pretrained(model.model_name_or_path)
    rows = load_dataset("json", data_files=data.data_file, split="train")
    rows = rows.map(row, fn_kwargs={"tokenizer": tokenizer}, remove_columns=rows.column_names)
    training.model_init_kwargs = {"dtype": model.dtype, "attn_implementation": model.attn_implementation}
    trainer = SFTTrainer(model=model.model_name_or_path, args=training, train_dataset=rows, processing_class=tokenizer)
    trainer.train()
    trainer.save_model(training.output_dir)


if __name__ == "__main__":
    main()
