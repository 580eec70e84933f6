package dev.temper.contract.llamafactory;

import static dev.temper.contract.llamafactory.Key.Type.ARGUMENTS;
import static dev.temper.contract.llamafactory.Key.Type.FLAG;
import static dev.temper.contract.llamafactory.Key.Type.FLAG_OR_TEXT;
import static dev.temper.contract.llamafactory.Key.Type.NAMES;
import static dev.temper.contract.llamafactory.Key.Type.NUMBER;
import static dev.temper.contract.llamafactory.Key.Type.NUMBERS;
import static dev.temper.contract.llamafactory.Key.Type.TEXT;
import static dev.temper.contract.llamafactory.Key.Type.WHOLE;
import static dev.temper.contract.llamafactory.Key.later;
import static dev.temper.contract.llamafactory.Key.noEffect;
import static dev.temper.contract.llamafactory.Key.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every key of LLaMA-Factory 0.9.5 and of the trainer under it, each once; the first that matches holds. */
final class Keys {
    private static final String ONE_PROCESS = "one process trains here, and its threads prepare the data";
    private static final String OWN_KERNELS = "the kernels here are always the fast ones";
    private static final String NO_NETWORK = "nothing is fetched or sent";
    private static final String ONLY_PREDICTING = "it concerns prediction only";
    private static final String OWN_OUTPUT = "what is shown and logged here does not depend on it";

    private static final List<Key> MODEL = List.of(
            run("model_name_or_path", TEXT, "model.path"),
            run("adapter_name_or_path", NAMES),
            run("rope_scaling", TEXT, "model.ropeScaling"),
            run("resize_vocab", FLAG, "model.resizeVocab"),
            run("add_tokens", NAMES, "model.addTokens"),
            run("add_special_tokens", NAMES, "model.addSpecialTokens"),
            run("disable_gradient_checkpointing", FLAG),
            run("gradient_checkpointing", FLAG),
            noEffect("use_reentrant_gc", OWN_KERNELS),
            noEffect("trust_remote_code", "code that comes with a model is never run"),
            noEffect("use_fast_tokenizer", "there is one tokenizer, and it is fast"),
            noEffect("split_special_tokens", OWN_KERNELS),
            noEffect("model_revision", NO_NETWORK),
            noEffect("low_cpu_mem_usage", "weights are mapped, never copied"),
            noEffect("cache_dir", NO_NETWORK),
            noEffect("*_hub_token", NO_NETWORK),
            noEffect("flash_attn", OWN_KERNELS),
            noEffect("enable_liger_kernel", OWN_KERNELS),
            noEffect("use_liger_kernel", OWN_KERNELS),
            noEffect("use_unsloth*", OWN_KERNELS),
            noEffect("print_param_status", OWN_OUTPUT),
            noEffect("upcast_layernorm", "norms are computed in fp32"),
            noEffect("upcast_lmhead_output", "the loss is computed in fp32"),
            noEffect("infer_*", ONLY_PREDICTING),
            noEffect("offload_folder", "weights are mapped, never copied"),
            noEffect("use_kv_cache", ONLY_PREDICTING),
            noEffect("use_cache", ONLY_PREDICTING),
            noEffect("vllm_*", ONLY_PREDICTING),
            noEffect("sglang_*", ONLY_PREDICTING),
            later("train_from_scratch"),
            later("shift_attn"),
            later("mixture_of_depths"),
            later("moe_aux_loss_coef"),
            later("quantization_*"),
            later("double_quantization"),
            later("use_v1_kernels"),
            later("export_*"));

    private static final List<Key> METHOD = List.of(
            run("stage", TEXT),
            run("do_train", FLAG),
            run("finetuning_type", TEXT),
            run("lora_rank", WHOLE, "method.rank"),
            run("lora_alpha", NUMBER, "method.alpha"),
            run("lora_dropout", NUMBER, "method.dropout"),
            run("lora_target", NAMES, "method.target"),
            run("additional_target", NAMES, "method.additionalTarget"),
            run("loraplus_lr_ratio", NUMBER, "method.loraplusLrRatio"),
            run("loraplus_lr_embedding", NUMBER, "method.loraplusLrEmbedding"),
            run("use_rslora", FLAG, "method.useRslora"),
            run("use_dora", FLAG, "method.useDora"),
            run("create_new_adapter", FLAG, "method.createNewAdapter"),
            run("freeze_trainable_layers", WHOLE, "method.freezeTrainableLayers"),
            run("freeze_trainable_modules", NAMES, "method.freezeTrainableModules"),
            run("freeze_extra_modules", NAMES, "method.freezeExtraModules"),
            run("cache_frozen_prefix", FLAG, "method.cacheFrozenPrefix"),
            run("pure_bf16", FLAG, "compute.pureBf16"),
            run("compute_accuracy", FLAG, "evaluation.computeAccuracy"),
            run("early_stopping_steps", WHOLE, "evaluation.earlyStoppingPatience"),
            run("disable_shuffling", FLAG),
            run("plot_loss", FLAG, "output.plotLoss"),
            noEffect("freeze_vision_tower", "no vision model is trained"),
            noEffect("freeze_multi_modal_projector", "no vision model is trained"),
            noEffect("freeze_language_model", "no vision model is trained"),
            noEffect("include_effective_tokens_per_second", OWN_OUTPUT),
            noEffect("use_swanlab", NO_NETWORK),
            noEffect("swanlab_*", NO_NETWORK),
            noEffect("ray_*", ONE_PROCESS),
            later("pref_*"),
            later("dpo_label_smoothing"),
            later("kto_*"),
            later("simpo_gamma"),
            later("ppo_*"),
            later("ref_model*"),
            later("reward_model*"),
            later("pissa_*"),
            later("use_galore"),
            later("galore_*"),
            later("use_apollo"),
            later("apollo_*"),
            later("use_badam"),
            later("badam_*"),
            later("use_muon"),
            later("use_adam_mini"),
            later("use_llama_pro"),
            later("use_mca"),
            later("use_dft_loss"),
            later("use_asft_loss"),
            later("use_eaft_loss"),
            later("oft_*"),
            later("module_dropout"));

    private static final List<Key> DATA = List.of(
            run("template", TEXT, "data.template"),
            run("default_system", TEXT, "data.defaultSystem"),
            run("dataset", NAMES),
            run("eval_dataset", NAMES),
            run("dataset_dir", TEXT),
            run("cutoff_len", WHOLE, "data.cutoffLen"),
            run("max_samples", WHOLE),
            run("val_size", NUMBER, "data.valSize"),
            run("train_on_prompt", FLAG, "data.trainOnPrompt"),
            run("mask_history", FLAG, "data.maskHistory"),
            run("mix_strategy", TEXT, "data.mixing"),
            run("interleave_probs", NUMBERS),
            run("packing", FLAG),
            run("neat_packing", FLAG),
            run("enable_thinking", FLAG, "data.enableThinking"),
            run("streaming", FLAG),
            noEffect("buffer_size", "rows are shuffled over the whole data"),
            noEffect("overwrite_cache", "prepared tokens are known by the content of the data"),
            noEffect("preprocessing_batch_size", ONE_PROCESS),
            noEffect("preprocessing_num_workers", ONE_PROCESS),
            noEffect("tokenized_path", "tokens are prepared in the output folder"),
            noEffect("data_shared_file_system", ONE_PROCESS),
            noEffect("ignore_pad_token_for_loss", "there is no padding"),
            later("eval_on_each_dataset"),
            later("tool_format"),
            later("media_dir"),
            later("image_*"),
            later("video_*"),
            later("audio_*"),
            later("crop_to_patches"),
            later("use_audio_in_video"));

    private static final List<Key> TRAINING = List.of(
            run("output_dir", TEXT, "output.directory"),
            run("overwrite_output_dir", FLAG, "output.overwrite"),
            run("per_device_train_batch_size", WHOLE, "batch.perDeviceTrainBatchSize"),
            run("per_device_eval_batch_size", WHOLE, "batch.perDeviceEvalBatchSize"),
            run("gradient_accumulation_steps", WHOLE, "batch.gradientAccumulationSteps"),
            run("learning_rate", NUMBER, "optimiser.learningRate"),
            run("num_train_epochs", NUMBER, "schedule.numTrainEpochs"),
            run("max_steps", WHOLE),
            run("lr_scheduler_type", TEXT, "schedule.type"),
            run("lr_scheduler_kwargs", ARGUMENTS, "schedule.arguments"),
            run("warmup_ratio", NUMBER, "schedule.warmupRatio"),
            run("warmup_steps", WHOLE, "schedule.warmupSteps"),
            run("weight_decay", NUMBER, "optimiser.weightDecay"),
            run("adam_beta1", NUMBER, "optimiser.adamBeta1"),
            run("adam_beta2", NUMBER, "optimiser.adamBeta2"),
            run("adam_epsilon", NUMBER, "optimiser.adamEpsilon"),
            run("max_grad_norm", NUMBER, "optimiser.maxGradNorm"),
            run("optim", TEXT),
            run("seed", WHOLE, "seed"),
            run("data_seed", WHOLE, "data.shuffleSeed"),
            run("bf16", FLAG),
            run("fp16", FLAG),
            run("logging_steps", WHOLE, "output.loggingSteps"),
            run("save_steps", WHOLE, "checkpoints.steps"),
            run("save_strategy", TEXT, "checkpoints.interval"),
            run("save_total_limit", WHOLE, "checkpoints.keep"),
            run("save_only_model", FLAG, "checkpoints.saveOnlyModel"),
            run("eval_strategy", TEXT, "evaluation.interval"),
            run("evaluation_strategy", TEXT, "evaluation.interval"),
            run("eval_steps", WHOLE, "evaluation.steps"),
            run("eval_on_start", FLAG, "evaluation.onStart"),
            run("load_best_model_at_end", FLAG, "evaluation.loadBestModelAtEnd"),
            run("metric_for_best_model", TEXT),
            run("label_smoothing_factor", NUMBER, "regularisation.labelSmoothingFactor"),
            run("neftune_noise_alpha", NUMBER, "regularisation.neftuneNoiseAlpha"),
            run("group_by_length", FLAG, "data.groupByLength"),
            run("resume_from_checkpoint", FLAG_OR_TEXT),
            run("use_cpu", FLAG),
            run("no_cuda", FLAG),
            noEffect("do_eval", "held-out rows are always evaluated at the end"),
            noEffect("greater_is_better", "it follows from the metric"),
            noEffect("eval_accumulation_steps", "evaluation keeps no logits"),
            noEffect("prediction_loss_only", "evaluation keeps no logits"),
            noEffect("batch_eval_metrics", "evaluation keeps no logits"),
            noEffect("bf16_full_eval", "evaluation runs in the precision of training"),
            noEffect("fp16_full_eval", "evaluation runs in the precision of training"),
            noEffect("gradient_checkpointing_kwargs", OWN_KERNELS),
            noEffect("torch_compile*", OWN_KERNELS),
            noEffect("tf32", OWN_KERNELS),
            noEffect("fp16_opt_level", OWN_KERNELS),
            noEffect("half_precision_backend", OWN_KERNELS),
            noEffect("torch_empty_cache_steps", OWN_KERNELS),
            noEffect("full_determinism", "a run repeats at equal seed and threads anyway"),
            noEffect("dataloader_*", ONE_PROCESS),
            noEffect("ddp_*", ONE_PROCESS),
            noEffect("local_rank", ONE_PROCESS),
            noEffect("average_tokens_across_devices", ONE_PROCESS),
            noEffect("accelerator_config", ONE_PROCESS),
            noEffect("save_on_each_node", ONE_PROCESS),
            noEffect("log_on_each_node", ONE_PROCESS),
            noEffect("remove_unused_columns", "columns that are not asked for are not read"),
            noEffect("length_column_name", "lengths are counted here"),
            noEffect("report_to", NO_NETWORK),
            noEffect("run_name", NO_NETWORK),
            noEffect("project", NO_NETWORK),
            noEffect("push_to_hub*", NO_NETWORK),
            noEffect("hub_*", NO_NETWORK),
            noEffect("disable_tqdm", OWN_OUTPUT),
            noEffect("log_level*", OWN_OUTPUT),
            noEffect("logging_dir", OWN_OUTPUT),
            noEffect("logging_strategy", OWN_OUTPUT),
            noEffect("logging_first_step", OWN_OUTPUT),
            noEffect("logging_nan_inf_filter", "a loss that is not a number stops the run"),
            noEffect("include_num_input_tokens_seen", OWN_OUTPUT),
            noEffect("include_tokens_per_second", OWN_OUTPUT),
            noEffect("include_for_metrics", OWN_OUTPUT),
            noEffect("skip_memory_metrics", OWN_OUTPUT),
            noEffect("save_safetensors", "it is the only format written"),
            noEffect("ignore_data_skip", "a run goes on exactly where it stopped"),
            noEffect("restore_callback_states_from_checkpoint", "a run goes on exactly where it stopped"),
            noEffect("generation_*", ONLY_PREDICTING),
            noEffect("do_sample", ONLY_PREDICTING),
            noEffect("temperature", ONLY_PREDICTING),
            noEffect("top_p", ONLY_PREDICTING),
            noEffect("top_k", ONLY_PREDICTING),
            noEffect("num_beams", ONLY_PREDICTING),
            noEffect("max_length", ONLY_PREDICTING),
            noEffect("max_new_tokens", ONLY_PREDICTING),
            noEffect("repetition_penalty", ONLY_PREDICTING),
            noEffect("length_penalty", ONLY_PREDICTING),
            noEffect("skip_special_tokens", ONLY_PREDICTING),
            later("do_predict"),
            later("predict_with_generate"),
            later("auto_find_batch_size"),
            later("eval_delay"),
            later("optim_args"),
            later("optim_target_modules"),
            later("deepspeed"),
            later("fsdp*"),
            later("parallelism_config"));

    static final List<Key> ALL =
            Stream.of(MODEL, METHOD, DATA, TRAINING).flatMap(List::stream).toList();

    private Keys() {}

    static Optional<Key> find(String name) {
        return ALL.stream().filter(key -> key.matches(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Key::name).filter(name -> !name.contains("*")).toList();
    }

    /** The key whose value goes to this place of a run spec, for messages. */
    static Optional<String> ofPath(String path) {
        return ALL.stream()
                .filter(key -> key.fate() instanceof Key.Fate.Run run && path.equals(run.path()))
                .map(Key::name)
                .findFirst();
    }
}
