import assert from 'node:assert/strict'
import { after, beforeEach, type TestContext, test } from 'node:test'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import { context, propagation, trace } from '@opentelemetry/api'
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node'
import { FlowProducer } from 'bullmq'
import { BullMQOtel } from 'bullmq-otel'
import { z } from 'zod'
import { connect, connectProducer, createRabbitmqBackend } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { ended } from '../support/ended.ts'
import { forget } from '../support/redis-memory.ts'
import { setup } from '../support/setup.ts'

const exporter = new InMemorySpanExporter()
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
// Sets the context manager and the W3C propagator of this process, too.
provider.register()
const telemetry = new BullMQOtel({ tracerName: 'test' })
after(async () => {
  await provider.shutdown()
  trace.disable()
  context.disable()
  propagation.disable()
})
beforeEach(() => exporter.reset())

const task = defineJob({ name: 'jobs', input: z.object({}).loose(), attempts: 2 })

async function traced(t: TestContext) {
  const base = setup(t)
  const urls = { amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix: base.prefix, telemetry }
  const [producer, consumer] = [await connect(urls), await connect(urls)]
  onEnd(t, () => Promise.all([producer.close(), consumer.close()]))
  return { ...base, producer, consumer }
}

const spansOf = (operation: string) =>
  exporter.getFinishedSpans().filter(({ attributes }) => attributes['bullmq.queue.operation'] === operation)

/** The spans of the attempts of a job, once there are that many. */
async function processSpans(jobId: string, count = 1): Promise<ReadableSpan[]> {
  for (;;) {
    const spans = spansOf('process').filter(({ attributes }) => attributes['bullmq.job.id'] === jobId)
    if (spans.length >= count) return spans
    await new Promise(setImmediate)
  }
}

function assertChildOf(child: ReadableSpan, parent: ReadableSpan | undefined): void {
  assert.ok(parent)
  const { traceId, spanId } = parent.spanContext()
  assert.deepEqual([child.spanContext().traceId, child.parentSpanContext?.spanId], [traceId, spanId])
}

test('the span of a run is the child of the span that added the job, and spans of the handler are its children', async t => {
  const { producer, consumer } = await traced(t)
  const tracer = trace.getTracer('test')
  consumer.work(task, async () => tracer.startActiveSpan('inside', span => span.end()))
  const upload = tracer.startSpan('upload')
  const id = await context.with(trace.setSpan(context.active(), upload), async () => {
    return (await producer.queue(task).add({})).id
  })
  upload.end()
  const [run] = (await processSpans(id)) as [ReadableSpan]
  const [add] = spansOf('add')
  assertChildOf(run, add)
  assert.equal(add?.spanContext().traceId, upload.spanContext().traceId)
  assert.equal(add?.parentSpanContext?.spanId, upload.spanContext().spanId)
  assertChildOf(exporter.getFinishedSpans().find(({ name }) => name === 'inside') as ReadableSpan, run)
})

test('a producer without Redis: the span of a run is the child of the span that added the job', async t => {
  const { consumer, prefix } = await traced(t)
  consumer.work(task, async () => undefined)
  const producer = await connectProducer({ amqpUrl: amqpUrl(), prefix, telemetry })
  onEnd(t, () => producer.close())
  const tracer = trace.getTracer('test')
  const upload = tracer.startSpan('upload')
  const { id } = await context.with(trace.setSpan(context.active(), upload), () =>
    producer.queue(task).add({}),
  )
  const bulk = await producer
    .queue(task)
    .addBulk([{ data: {} }, { data: {}, options: { telemetry: { omitContext: true } } }])
  upload.end()
  const [add] = spansOf('add')
  assertChildOf((await processSpans(id))[0] as ReadableSpan, add)
  assert.equal(add?.parentSpanContext?.spanId, upload.spanContext().spanId)
  assert.deepEqual([add?.name, add?.kind, add?.attributes['bullmq.queue.name']], ['add jobs.jobs', 3, 'jobs'])
  const [first, second] = await Promise.all(bulk.map(job => processSpans(job.id)))
  assertChildOf(first?.[0] as ReadableSpan, spansOf('addBulk')[0])
  assert.equal(second?.[0]?.parentSpanContext, undefined)
})

test('every attempt is in the trace of the add', async t => {
  const { producer, consumer } = await traced(t)
  consumer.work(task, async ({ attempt }) => {
    if (attempt === 1) throw new Error('not yet')
  })
  const { id } = await producer.queue(task).add({})
  const runs = await processSpans(id, 2)
  const traceId = spansOf('add')[0]?.spanContext().traceId
  assert.deepEqual(
    runs.map(run => run.spanContext().traceId),
    [traceId, traceId],
  )
})

test('addBulk: each run is in the trace of the call', async t => {
  const { producer, consumer } = await traced(t)
  const jobs = await producer.queue(task).bull.addBulk([
    { name: 'jobs', data: {} },
    { name: 'jobs', data: {} },
  ])
  consumer.work(task, async () => undefined)
  for (const { id } of jobs)
    assertChildOf((await processSpans(id as string))[0] as ReadableSpan, spansOf('addBulk')[0])
})

test('a flow: parent and child are in the trace of the call', async t => {
  const { consumer, prefix, name } = await traced(t)
  const flows = new FlowProducer(
    { connection: { url: redisUrl() }, prefix, telemetry },
    createRabbitmqBackend({ url: amqpUrl() }),
  )
  onEnd(t, () => flows.close())
  // BullMQ gives a trace to those nodes only that have options.
  const node = { name: 'jobs', queueName: name, data: {}, opts: {} }
  const flow = await flows.add({ ...node, children: [node] })
  consumer.work(task, async () => undefined)
  const ids = [flow.job.id, flow.children?.[0]?.job.id] as string[]
  for (const id of ids) {
    const [run] = (await processSpans(id)) as [ReadableSpan]
    assert.equal(run.spanContext().traceId, spansOf('addFlow')[0]?.spanContext().traceId)
  }
})

test('R7: a job that Redis lost is rebuilt from its message with its trace', async t => {
  const { producer, consumer, redis, amqpQueue, queue } = await traced(t)
  const { id } = await producer.queue(task).add({})
  await forget(redis, amqpQueue)
  assert.equal(await queue().getJob(id), undefined)
  consumer.work(task, async () => undefined)
  const [run] = (await processSpans(id)) as [ReadableSpan]
  assertChildOf(run, spansOf('add')[0])
})

test('without telemetry a job carries no trace', async t => {
  const { prefix, queue } = setup(t)
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  onEnd(t, () => kit.close())
  kit.work(task, async () => undefined)
  const { id } = await kit.queue(task).add({})
  const job = await ended(queue(), id)
  assert.deepEqual([job.opts.telemetry, exporter.getFinishedSpans().length], [undefined, 0])
})
