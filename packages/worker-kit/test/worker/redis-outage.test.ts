import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backoffMs, isTemporary } from '../../src/worker/redis-outage.ts'

for (const message of [
  'BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.',
  "OOM command not allowed when used memory > 'maxmemory'.",
  'LOADING Redis is loading the dataset in memory',
  "READONLY You can't write against a read only replica.",
  "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
  'MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk.',
  'NOREPLICAS Not enough good replicas to write.',
  'CLUSTERDOWN The cluster is down',
  'ERR Error running script (call to f_2a): @user_script:1: OOM command not allowed',
  'Connection is closed.',
  'Command timed out',
  'connect ECONNREFUSED 127.0.0.1:6379',
  'read ECONNRESET',
])
  test(`temporary: ${message}`, () => assert.equal(isTemporary(new Error(message)), true))

for (const message of [
  'Missing lock for job 5. moveToFinished',
  'WRONGTYPE Operation against a key holding the wrong kind of value',
  'NOPERM this user has no permissions to run the command',
  'ERR value is not an integer or out of range script: f_2a, on @user_script:7.',
  'BUSYGROUP Consumer Group name already exists',
])
  test(`not temporary: ${message}`, () => assert.equal(isTemporary(new Error(message)), false))

test('waits grow from a tenth of a second to five seconds at most', () => {
  for (const [attempts, most] of [
    [1, 100],
    [2, 200],
    [6, 3_200],
    [7, 5_000],
    [1_000, 5_000],
  ] as const) {
    const waits = Array.from({ length: 100 }, () => backoffMs(attempts))
    assert.ok(waits.every(ms => ms >= most / 2 && ms <= most))
    assert.ok(new Set(waits).size > 1)
  }
})
