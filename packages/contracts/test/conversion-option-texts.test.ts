import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conversionOptions, findOptionFault, readOptionTexts } from '../src/index.ts'

test('reads numbers, switches and languages from texts', () => {
  const { options } = { options: undefined, ...readOptionTexts(Object.entries(allTexts)) }
  assert.deepEqual(options, {
    ...conversionOptions.parse({ format: 'opus', bitrate: 96, channels: 1, start: 1.5, end: 20 }),
    ...{ track: 'de', normalize: true, title: 'A song' },
  })
  const { options: byNumber } = { options: undefined, ...readOptionTexts([['track', '2']]) }
  assert.equal(byNumber?.track, 2)
})
const allTexts = {
  ...{ format: 'opus', bitrate: '96', channels: '1', start: '1.5', end: '20' },
  ...{ track: 'DE', normalize: 'true', title: ' A song ' },
}

const faults: Array<[texts: Array<[string, string]>, field: string, detail: RegExp]> = [
  [[['format', 'flacc']], 'format', /expected one of/],
  [[['bitrate', '']], 'bitrate', /expected/],
  [[['bitrate', '1e2']], 'bitrate', /expected/],
  [[['normalize', 'yes']], 'normalize', /expected/],
  [[['channels', '3']], 'channels', /expected 1 or 2/],
  [[['track', '0']], 'track', />=1/],
  [[['formt', 'mp3']], 'formt', /no such option; the options are format, bitrate/],
  [[['__proto__', 'x']], '__proto__', /no such option/],
  [[['constructor', 'x']], 'constructor', /no such option/],
]
for (const [texts, field, detail] of faults)
  test(`refuses ${JSON.stringify(texts)}, also before the others are there`, () => {
    const { faults: found = [] } = { ...readOptionTexts(texts) }
    assert.deepEqual(
      found.map(fault => fault.field),
      [field],
    )
    assert.match(found[0]?.detail ?? '', detail)
    const [name, text] = texts[0] as [string, string]
    assert.equal(findOptionFault(name, text)?.field, field)
  })

test('finds what is wrong with options together, and what came twice', () => {
  const together = {
    ...readOptionTexts([
      ['format', 'wav'],
      ['bitrate', '128'],
    ]),
  }
  assert.deepEqual(together, { faults: [{ field: 'bitrate', detail: 'wav has no bit rate' }] })
  const twice = {
    ...readOptionTexts([
      ['format', 'wav'],
      ['format', 'wav'],
    ]),
  }
  assert.deepEqual(twice, { faults: [{ field: 'format', detail: 'it was sent more than once' }] })
})
