import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createIntake } from '../../src/job/intake.ts'

function recordingWorker() {
  const done: string[] = []
  return {
    done,
    worker: { pause: async () => void done.push('pause'), resume: async () => void done.push('resume') },
  }
}

test('a worker that two have paused goes on when both let it', async () => {
  const { done, worker } = recordingWorker()
  const intake = createIntake(worker)
  const [one, other] = [intake.createSwitch(), intake.createSwitch()]
  await one.resume()
  await Promise.all([one.pause(), other.pause(), one.pause()])
  await one.resume()
  assert.deepEqual(done, ['pause'])
  await other.resume()
  assert.deepEqual(done, ['pause', 'resume'])
})

test('a pause that failed is tried again by the next call', async () => {
  const { done, worker } = recordingWorker()
  const pause = worker.pause
  worker.pause = async () => {
    worker.pause = pause
    throw new Error('the broker is away')
  }
  const rest = createIntake(worker).createSwitch()
  await assert.rejects(rest.pause(), /away/)
  await rest.pause()
  assert.deepEqual(done, ['pause'])
})
