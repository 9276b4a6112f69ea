import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onEnd, until } from '@jackalope/local-servers/testing'
import { pino } from 'pino'
import { ConverterError } from '../../src/converter-error.ts'
import { type FitnessCheck, watchFitness } from '../../src/fitness/fitness.ts'

const diskFull = new ConverterError('ERR_DISK_FULL', 'Not enough space')
const noFfmpeg = new ConverterError('ERR_TOOL_UNUSABLE', 'Cannot run ffmpeg')

function setup(t: TestContext) {
  const faults: { disk?: Error; tools?: Error } = {}
  const told: string[] = []
  const end = new AbortController()
  onEnd(t, async () => end.abort())
  const look =
    (name: keyof typeof faults): FitnessCheck =>
    async () => {
      if (faults[name]) throw faults[name]
    }
  const fitness = watchFitness({
    checks: [look('disk')],
    thoroughChecks: [look('tools')],
    worker: {
      pause: async () => void told.push('pause'),
      resume: async () => void told.push('resume'),
    },
    logger: pino({ level: 'silent' }),
    signal: end.signal,
    intervalMs: 5,
  })
  return { faults, told, fitness }
}

test('takes no jobs while something is missing, and says what; takes jobs again when it is there', async t => {
  const { faults, told, fitness } = setup(t)
  faults.disk = diskFull
  await until(async () => told.includes('pause'))
  await assert.rejects(fitness.check(), diskFull)
  delete faults.disk
  await until(async () => told.includes('resume'))
  await fitness.check()
})

test('looks at what costs something after a job has met a fault, and until it is gone', async t => {
  const { faults, told, fitness } = setup(t)
  faults.tools = noFfmpeg
  fitness.suspect(new TypeError('no fault of ours'))
  await fitness.check()
  fitness.suspect(noFfmpeg)
  await until(async () => told.includes('pause'))
  await assert.rejects(fitness.check(), noFfmpeg)
  delete faults.tools
  // It rests for a second or two, also when all seems well.
  await until(async () => told.includes('resume'))
  await fitness.check()
})
