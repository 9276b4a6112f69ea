import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { reservedIds } from '../src/reserved-ids.ts'

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8')

/** Texts in code spans. */
function spansOf(page: string): Set<string> {
  return new Set([...page.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span))
}

test('the page of errors names every code', async () => {
  const sources = await Promise.all(['src/errors.ts', 'src/command-line/usage-error.ts'].map(read))
  const codes = [...sources.join('').matchAll(/'(ERR_\w+)'/g)].map(([, code = '']) => code)
  assert.ok(codes.length > 15, `found ${codes.length} codes`)
  const named = spansOf(await read('docs/errors.md'))
  assert.deepEqual(
    codes.filter(code => !named.has(code)),
    [],
  )
})

const optionTypes: [file: string, type: RegExp][] = [
  ['src/backend/settings.ts', /interface RabbitmqBackendOptions {\n(.*?)\n}/s],
  ['src/kit/connect.ts', /interface SharedOptions .*?{\n(.*?)\n}/s],
  ['src/broker-producer/connect-producer.ts', /type ProducerOptions = .*? & {\n(.*?)\n {2}}/s],
  ['src/kit/typed-worker.ts', /interface WorkOptions {\n(.*?)\n}/s],
  ['src/job/define-job.ts', /interface JobDefinition<.*?{\n(.*?)\n}/s],
  ['src/metrics/observe-kit.ts', /interface ObserveOptions {\n(.*?)\n}/s],
]

for (const [file, type] of optionTypes)
  test(`the page of configuration names every option of ${file}`, async () => {
    const body = type.exec(await read(file))?.[1]
    assert.ok(body, `${file} has no ${type}`)
    // `result` only carries a type.
    const options = [...body.matchAll(/^ {2,4}(?:readonly )?(\w+)\??:/gm)].map(([, name = '']) => name)
    assert.ok(options.length > 0)
    const named = await read('docs/configuration.md')
    assert.deepEqual(
      options.filter(name => name !== 'result' && !new RegExp(`\`${name}[\`.]`).test(named)),
      [],
    )
  })

test('the page of the message format names every reserved id', async () => {
  const named = spansOf(await read('../../docs/message-format.md'))
  assert.ok(reservedIds.size > 20)
  assert.deepEqual(
    [...reservedIds].filter(id => !named.has(id)),
    [],
  )
})

test('the page of metrics names every metric', async () => {
  const source = await read('src/metrics/observe-kit.ts')
  const outbox = await read('src/metrics/observe-outbox.ts')
  const names = [
    ...[...source.matchAll(/'(worker_kit_\w+)'/g)].map(([, name = '']) => name),
    ...[...outbox.matchAll(/gauge\(\s*'(\w+)'/g)].map(([, name = '']) => `worker_kit_outbox_${name}`),
  ]
  const events = [...(await read('src/kit/job-events.ts')).matchAll(/\| ?'(\w+)'|= '(\w+)'/g)]
  const counters = events.map(([, a, b]) => `worker_kit_jobs_${a ?? b}_total`)
  assert.ok(names.length > 3 && counters.length === 7, `found ${names} and ${counters}`)
  const named = spansOf(await read('docs/metrics.md'))
  assert.deepEqual(
    [...names, ...counters].filter(name => !named.has(name)),
    [],
  )
})
