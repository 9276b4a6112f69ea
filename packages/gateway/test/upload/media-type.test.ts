import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mediaType } from '../../src/upload/media-type.ts'

const unknown = 'application/octet-stream'

const cases: Array<[header: string | undefined, type: string]> = [
  ['video/mp4', 'video/mp4'],
  ['Video/MP4; codecs="avc1"', 'video/mp4'],
  ['video/x-matroska', 'video/x-matroska'],
  ['application/vnd.ms-asf+xml', 'application/vnd.ms-asf+xml'],
  [`video/${'x'.repeat(127)}`, `video/${'x'.repeat(127)}`],
  [`video/${'x'.repeat(128)}`, unknown],
  ['x'.repeat(250_000), unknown],
  ['video/mp4\r\nA: b', unknown],
  ['<script>/x', unknown],
  ['video', unknown],
  ['', unknown],
  [undefined, unknown],
]

for (const [header, type] of cases)
  test(`takes ${JSON.stringify(header?.slice(0, 30))} for ${type.slice(0, 30)}`, () =>
    assert.equal(mediaType(header), type))
