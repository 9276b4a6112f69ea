import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LogLines, until } from '../../src/testing/index.ts'

test('until gives the first answer that is neither undefined nor false', async () => {
  const answers = [undefined, false, 0, 1] as const
  let asked = 0
  assert.equal(await until(async () => answers[asked++]), 0)
  assert.equal(asked, 3)
})

test('until gives up after its time, and shows what it waited for', async () => {
  const isPigFlying = async () => false
  await assert.rejects(until(isPigFlying, 1), /^Error: Waited 0\.001 s in vain for:\nasync \(\) => false$/)
})

test('a log line is found that was written before, and one that is written later', async () => {
  const log = new LogLines()
  log.write('{"msg":"ready","n":1}\n')
  assert.deepEqual(await log.logged('ready'), { msg: 'ready', n: 1 })
  const later = log.logged('stopped')
  log.write('{"msg":"other"}\n')
  log.write('{"msg":"stopped"}\n')
  assert.deepEqual(await later, { msg: 'stopped' })
})

test('a log line that does not come is named, with the last lines', async () => {
  const log = new LogLines()
  log.write('{"msg":"other"}\n')
  await assert.rejects(log.logged('ready', 1), /"ready"; the last lines: \[\{"msg":"other"\}\]/)
})
