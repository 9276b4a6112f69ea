import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createProgramWatch } from '../../../src/audio/structure/program-map.ts'

const mapPid = 0x1000

function checksum(bytes: Buffer): number {
  let crc = 0xffff_ffff
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000_0000 ? (crc << 1) ^ 0x04c1_1db7 : crc << 1
  }
  return crc >>> 0
}

/** A packet with a table in it. */
function packetOf(tableId: number, id: number, content: string): Buffer {
  const body = Buffer.from(`0000${'c10000'}${content}`, 'hex')
  body.writeUInt16BE(id, 0)
  const head = Buffer.from([tableId, 0xb0, body.length + 4])
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(checksum(Buffer.concat([head, body])))
  const packet = Buffer.alloc(188, 0xff)
  Buffer.concat([Buffer.from('4740001000', 'hex'), head, body, crc]).copy(packet)
  return packet
}

const table = packetOf(0, 1, '0001f000')
const mapOf = (program: number, pid: string) => packetOf(2, program, `e100f0000f${pid}f000`)

test('finds where the tracks of a program change', () => {
  const watch = createProgramWatch()
  watch.see(0, table, 0)
  watch.see(mapPid, mapOf(1, 'e101'), 188)
  watch.see(0, table, 376)
  watch.see(mapPid, mapOf(1, 'e102'), 564)
  assert.deepEqual(watch.changes(), [376])
})

test('does not remember as many programs as a hostile stream may have', () => {
  const watch = createProgramWatch()
  watch.see(0, table, 0)
  for (let program = 1; program <= 3_000; program++) watch.see(mapPid, mapOf(program, 'e101'), program * 188)
  watch.see(0, table, 1_000_000)
  watch.see(mapPid, mapOf(3_000, 'e102'), 1_000_188)
  assert.deepEqual(watch.changes(), [])
})
