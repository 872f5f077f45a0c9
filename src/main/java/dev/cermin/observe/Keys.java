package dev.cermin.observe;

import io.opentelemetry.api.common.AttributeKey;

/** What spans say of what was done: names of OpenTelemetry's semantic conventions, and some of Cermin's own. */
final class Keys {
    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    static final AttributeKey<String> PARTITION = AttributeKey.stringKey("messaging.destination.partition.id");
    static final AttributeKey<String> GROUP = AttributeKey.stringKey("messaging.consumer.group.name");
    static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
    static final AttributeKey<Long> BATCH = AttributeKey.longKey("messaging.batch.message_count");
    static final AttributeKey<String> AI_OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    static final AttributeKey<String> AI_PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    static final AttributeKey<String> AI_MODEL = AttributeKey.stringKey("gen_ai.request.model");
    static final AttributeKey<String> AI_AGENT = AttributeKey.stringKey("gen_ai.agent.name");
    static final AttributeKey<String> AI_CONVERSATION = AttributeKey.stringKey("gen_ai.conversation.id");
    static final AttributeKey<String> AI_AGENT_VERSION = AttributeKey.stringKey("gen_ai.agent.version");
    static final AttributeKey<Long> AI_IN = AttributeKey.longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> AI_OUT = AttributeKey.longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> TASK = AttributeKey.stringKey("cermin.task.id");
    static final AttributeKey<String> TENANT = AttributeKey.stringKey("cermin.tenant");
    static final AttributeKey<Long> STEP = AttributeKey.longKey("cermin.step.number");
    static final AttributeKey<String> KIND = AttributeKey.stringKey("cermin.step.kind");
    static final AttributeKey<Long> ROUND = AttributeKey.longKey("cermin.round");
    static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("cermin.attempt");
    static final AttributeKey<Boolean> ACCEPTED = AttributeKey.booleanKey("cermin.accepted");
    static final AttributeKey<String> STOP = AttributeKey.stringKey("cermin.stop_reason");

    private Keys() {}
}
