// OpenAI's own client, as it is, against the gateway whose URL is the argument. What the scripted agents answer is set by
// the test that runs this.
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const client = new OpenAI({baseURL: process.argv[2] + '/v1', apiKey: 'any'});
const ask = (model, content, more = {}) =>
    client.chat.completions.create({model, messages: [{role: 'user', content}], ...more});

const checks = {
    async 'agents are listed as models'() {
        const names = [];
        for await (const model of client.models.list()) {
            names.push(model.id);
        }
        assert.ok(names.includes('equations'));
        assert.equal((await client.models.retrieve('scripted')).object, 'model');
        await assert.rejects(client.models.retrieve('nobody'), OpenAI.NotFoundError);
    },

    async 'an equation is solved'() {
        const completion = await ask('equations', '9x-15=21');
        assert.equal(completion.choices[0].message.content, 'x=4');
        assert.equal(completion.choices[0].finish_reason, 'stop');
        assert.match(completion.choices[0].message.reasoning_content, /x=3 gives 12 on the left/);
        assert.equal(completion.usage.total_tokens,
            completion.usage.prompt_tokens + completion.usage.completion_tokens);
        assert.equal(completion.cermin.accepted, true);
    },

    async 'a stream has the reasoning, then the answer, then the usage'() {
        const stream = await ask('equations', '9x-15=21', {stream: true, stream_options: {include_usage: true}});
        let reasoning = '';
        let answer = '';
        let finish = null;
        let usage = null;
        for await (const chunk of stream) {
            reasoning += chunk.choices[0]?.delta.reasoning_content ?? '';
            answer += chunk.choices[0]?.delta.content ?? '';
            finish = chunk.choices[0]?.finish_reason ?? finish;
            usage = chunk.usage ?? usage;
        }
        assert.match(reasoning, /Draft: x=3[^]*Correction 1: x=4/);
        assert.equal(answer, 'x=4');
        assert.equal(finish, 'stop');
        assert.ok(usage.total_tokens > 0);
    },

    async 'the client runs its tools, and is answered with what they gave'() {
        let asked = null;
        const runner = client.chat.completions.runTools({
            model: 'scripted',
            messages: [{role: 'user', content: 'What is the weather in Ipoh?'}],
            tools: [{
                type: 'function',
                function: {
                    name: 'weather',
                    description: 'The weather of a city',
                    parameters: {type: 'object', properties: {city: {type: 'string'}}, required: ['city']},
                    parse: JSON.parse,
                    function: ({city}) => {
                        asked = city;
                        return '33 degrees';
                    },
                },
            }],
        });
        assert.equal(await runner.finalContent(), 'It is 33 degrees, says weather');
        assert.equal(asked, 'Ipoh');
    },

    async 'tool calls come in streams too'() {
        const stream = client.chat.completions.stream({
            model: 'scripted',
            messages: [{role: 'user', content: 'What is the weather in Ipoh?'}],
            tools: [{type: 'function', function: {name: 'weather', parameters: {type: 'object', properties: {}}}}],
        });
        const message = await stream.finalMessage();
        assert.equal(message.tool_calls[0].function.name, 'weather');
        assert.equal(message.tool_calls[0].function.arguments, '{"city":"Ipoh"}');
    },

    async 'what agents do not give is refused in words'() {
        await assert.rejects(ask('nobody', 'x'), error => {
            assert.ok(error instanceof OpenAI.NotFoundError);
            assert.equal(error.code, 'model_not_found');
            assert.equal(error.param, 'model');
            return true;
        });
        await assert.rejects(ask('scripted', 'x', {n: 2}), OpenAI.BadRequestError);
        await assert.rejects(client.embeddings.create({model: 'scripted', input: 'x'}), error => {
            assert.ok(error instanceof OpenAI.NotFoundError);
            assert.match(error.message, /chat\/completions/);
            return true;
        });
    },

    async 'the Responses API answers, whole and as a stream'() {
        const response = await client.responses.create({model: 'equations', input: '9x-15=21'});
        assert.equal(response.output_text, 'x=4');
        assert.equal(response.status, 'completed');
        const stream = client.responses.stream({model: 'equations', input: '9x-15=21'});
        let text = '';
        let reasoning = '';
        for await (const event of stream) {
            text += event.type === 'response.output_text.delta' ? event.delta : '';
            reasoning += event.type === 'response.reasoning_summary_text.delta' ? event.delta : '';
        }
        assert.equal(text, 'x=4');
        assert.match(reasoning, /Draft: x=3/);
        assert.equal((await stream.finalResponse()).output[1].content[0].text, 'x=4');
        await assert.rejects(
            client.responses.create({model: 'scripted', input: 'x', previous_response_id: 'resp_1'}),
            OpenAI.BadRequestError);
    },

    async 'a client that gives up ends the loop'() {
        const abort = new AbortController();
        const stream = await client.chat.completions.create(
            {model: 'scripted', messages: [{role: 'user', content: 'left alone by node'}], stream: true},
            {signal: abort.signal});
        for await (const chunk of stream) {
            console.log('task ' + chunk.id.replace('chatcmpl-', ''));
            break;
        }
        abort.abort();
    },
};

for (const [name, check] of Object.entries(checks)) {
    await check();
    console.log('ok ' + name);
}
