"""Tunes on preference.jsonl with TRL's DPO; the settings are in dpo.yaml.

Checked: two steps with Cermin's bundled model on a CPU, TRL 1.13.0, transformers 5.18.0, datasets 5.0.1.
Not checked: a full-size model, a GPU.
"""

from dataclasses import dataclass


@dataclass
class Data:
    data_file: str


def row(example):
    """As a conversation, so that the model's chat template is used."""
    return {
        "prompt": [{"role": "user", "content": example["prompt"]}],
        "chosen": [{"role": "assistant", "content": example["chosen"]}],
        "rejected": [{"role": "assistant", "content": example["rejected"]}],
    }


def main():
    from datasets import load_dataset
    from trl import DPOConfig, DPOTrainer, ModelConfig, TrlParser

    data, training, model = TrlParser((Data, DPOConfig, ModelConfig)).parse_args_and_config()
    rows = load_dataset("json", data_files=data.data_file, split="train").map(row)
    training.model_init_kwargs = {"dtype": model.dtype, "attn_implementation": model.attn_implementation}
    trainer = DPOTrainer(model=model.model_name_or_path, args=training, train_dataset=rows)
    trainer.train()
    trainer.save_model(training.output_dir)


if __name__ == "__main__":
    main()
