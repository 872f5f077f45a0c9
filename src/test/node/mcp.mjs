// The MCP TypeScript SDK's client, as it is, against the gateway whose URL is the argument.
import assert from 'node:assert/strict';
import {Client} from '@modelcontextprotocol/sdk/client/index.js';
import {StreamableHTTPClientTransport} from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const client = new Client({name: 'cermin-test', version: '1'});
await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2] + '/mcp')));

const checks = {
    async 'agents are tools'() {
        const {tools} = await client.listTools();
        const tool = tools.find(each => each.name === 'equations');
        assert.match(tool.description, /equations/);
        assert.deepEqual(tool.inputSchema.required, ['input']);
        assert.equal(tool.outputSchema.type, 'object');
    },

    async 'a call tells its progress, and its result is structured'() {
        const progress = [];
        const result = await client.callTool(
            {name: 'equations', arguments: {input: '9x-15=21'}}, undefined,
            {onprogress: told => progress.push(told)});
        assert.equal(result.content[0].text, 'x=4');
        const {answer, accepted, stopReason, rounds, task, trace} = result.structuredContent;
        assert.deepEqual({answer, accepted, stopReason, rounds},
            {answer: 'x=4', accepted: true, stopReason: 'accepted', rounds: 1});
        assert.ok(progress.some(told => /x=3 gives 12/.test(told.message)), JSON.stringify(progress));
        assert.equal(trace, 'cermin://traces/' + task);
        this.trace = trace;
    },

    async 'traces are resources'() {
        const {resources} = await client.listResources();
        assert.ok(resources.some(each => each.uri === 'cermin://traces'));
        const {resourceTemplates} = await client.listResourceTemplates();
        assert.equal(resourceTemplates[0].uriTemplate, 'cermin://traces/{id}');
        const read = await client.readResource({uri: this.trace});
        const steps = JSON.parse(read.contents[0].text);
        assert.equal(steps[0].kind, 'SUBMIT');
        const latest = JSON.parse((await client.readResource({uri: 'cermin://traces'})).contents[0].text);
        assert.ok(latest.some(each => each.uri === this.trace));
    },

    async 'a host that cancels ends the loop'() {
        const abort = new AbortController();
        const call = client.callTool(
            {name: 'scripted', arguments: {input: 'cancelled by node'}}, undefined,
            {signal: abort.signal, onprogress: () => abort.abort('enough')});
        await assert.rejects(call, /enough/);
        // what was sent last is on its way yet, and closing would take it back
        await client.ping();
        await new Promise(done => setTimeout(done, 500));
    },
};

for (const [name, check] of Object.entries(checks)) {
    await check.call(checks);
    console.log('ok ' + name);
}
await client.close();
