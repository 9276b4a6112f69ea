import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PostponeError } from '@jackalope/worker-kit'
import { pino } from 'pino'
import { runSuspectsAlone } from '../../src/job/run-suspects-alone.ts'

/** Jobs that end when the test says so. */
function setup(options: { waitMs?: number } = {}) {
  const told: string[] = []
  const ends = new Map<string, () => void>()
  const intake = { pause: async () => void told.push('pause'), resume: async () => void told.push('resume') }
  const run = runSuspectsAlone(
    async ({ id }: { id: string }) => {
      told.push(`start ${id}`)
      const { promise, resolve } = Promise.withResolvers<void>()
      ends.set(id, resolve)
      await promise
      return id
    },
    { intake, shutdown: new AbortController().signal, logger: pino({ level: 'silent' }), ...options },
  )
  return {
    told,
    end: (id: string) => ends.get(id)?.(),
    run: (id: string, stalls = 0, signal = new AbortController().signal) => run({ id, stalls, signal }),
  }
}

const turns = () => new Promise(resolve => setImmediate(resolve))

test('jobs run side by side', async () => {
  const { run, end, told } = setup()
  const both = Promise.all([run('a'), run('b')])
  await turns()
  assert.deepEqual(told, ['start a', 'start b'])
  end('a')
  end('b')
  assert.deepEqual(await both, ['a', 'b'])
})

test('a job that has lost its worker waits for the others, runs alone, and others come after it', async () => {
  const { run, end, told } = setup()
  const ordinary = run('a')
  const suspect = run('s', 1)
  await turns()
  assert.deepEqual(told, ['start a', 'pause'])
  await assert.rejects(run('b'), PostponeError)
  await assert.rejects(run('other suspect', 2), PostponeError)
  end('a')
  await ordinary
  await turns()
  assert.deepEqual(told, ['start a', 'pause', 'start s'])
  await assert.rejects(run('b'), PostponeError)
  end('s')
  assert.equal(await suspect, 's')
  assert.equal(told.at(-1), 'resume')
  void run('b')
  await turns()
  assert.equal(told.at(-1), 'start b')
})

test('it is put off when the others take too long, and ends when its signal says so', async () => {
  const { run, told } = setup({ waitMs: 20 })
  void run('a')
  await assert.rejects(run('s', 1), PostponeError)
  assert.deepEqual(told, ['start a', 'pause', 'resume'])
  const reason = new Error('canceled')
  await assert.rejects(run('s', 1, AbortSignal.abort(reason)), error => error === reason)
})
