import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCpuMicros, watchCpu } from '../src/cpu-time.ts'

test('reads user and system time, whatever the program is called', () => {
  const stat = '4711 (beam) 7 (x) S 1 4711 4711 0 -1 4194560 2137 0 0 0 150 50 9 9 20 0 25 0 12345 1 2 3'
  assert.equal(parseCpuMicros(stat), 2_000_000)
  assert.equal(parseCpuMicros(stat, 'children'), 180_000)
})

test('watches the time that a process spends', { skip: process.platform !== 'linux' }, () => {
  const spent = watchCpu({ us: [process.pid] })
  const until = process.cpuUsage().user + 100_000
  while (process.cpuUsage().user < until);
  const { us = 0 } = spent()
  assert.ok(us >= 70_000 && us < 1_000_000, String(us))
})

test('leaves out a process that is gone', () => {
  assert.deepEqual(watchCpu({ gone: [process.pid, 2 ** 30] })(), {})
})
