import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Registry } from 'prom-client'
import { observeUpkeep } from '../../src/upkeep/observe-upkeep.ts'

const lastRun = /^jackalope_upkeep_last_run_timestamp_seconds (\S+)$/m

test('the time of the last run is told once there was one', async () => {
  const register = new Registry()
  const took = observeUpkeep(register)
  assert.doesNotMatch(await register.metrics(), lastRun)
  const none = { count: 0, sizeBytes: 0 }
  const orphans = { audios: none, records: 0, unfinished: 0, strays: 0, adoptedVideos: 0, lostAudios: 0 }
  took({ sources: { count: 2, sizeBytes: 10 }, audios: none, jobs: 0, orphans } as never)
  const text = await register.metrics()
  assert.ok(Number(lastRun.exec(text)?.[1]) > 1_700_000_000, text)
  assert.match(text, /^jackalope_upkeep_files_total\{what="sources"\} 2$/m)
})
