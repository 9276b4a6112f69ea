import assert from 'node:assert/strict'
import { test } from 'node:test'
import { audioFormats, readOptionTexts } from '@jackalope/contracts'
import {
  bitratesOf,
  type Choice,
  change,
  defaultChoice,
  faultsOf,
  optionsOf,
  parseTime,
  sampleRatesOf,
} from '../../src/options/choice.ts'

function faultsOfService(choice: Choice) {
  return readOptionTexts(Object.entries(optionsOf(choice))).faults
}

test('the service takes every choice that the form offers', () => {
  let tried = 0
  for (const format of audioFormats)
    for (const sampleRate of ['', ...sampleRatesOf(format).map(String)])
      for (const channels of ['', '1', '2'] as const)
        for (const bitrate of ['', ...bitratesOf({ format, sampleRate, channels }).map(String)]) {
          const choice: Choice = { ...defaultChoice, format, sampleRate, channels, bitrate }
          assert.deepEqual(change(choice, {}), choice)
          assert.equal(faultsOfService(choice), undefined, JSON.stringify(choice))
          tried += 1
        }
  assert.ok(tried > 200)
})

test('what does not fit after a change is left to the service', () => {
  const choice = change({ ...defaultChoice, bitrate: '320' }, { sampleRate: '8000' })
  assert.equal(choice.bitrate, '')
  assert.equal(change({ ...defaultChoice, bitrate: '192' }, { format: 'flac' }).bitrate, '')
  assert.equal(
    change({ ...defaultChoice, sampleRate: '96000', format: 'm4a' }, { format: 'mp3' }).sampleRate,
    '',
  )
})

test('the rest of the form is what the service knows, too', () => {
  const choice: Choice = {
    ...defaultChoice,
    track: 'DE',
    start: '1:30',
    end: '1:02:03,5',
    normalize: true,
    title: ' Talk ',
    keepsTags: false,
    keepsCover: false,
    deliversDamaged: false,
  }
  assert.equal(faultsOfService(choice), undefined)
  assert.deepEqual(optionsOf(choice), {
    format: 'mp3',
    track: 'de',
    start: '90',
    end: '3723.5',
    normalize: 'true',
    title: 'Talk',
    tags: 'drop',
    cover: 'drop',
    onDamage: 'fail',
  })
  assert.deepEqual(optionsOf(defaultChoice), { format: 'mp3' })
})

test('times are read as people write them', () => {
  for (const [text, seconds] of [
    ['90', 90],
    ['1:30', 90],
    ['0:01:30.25', 90.25],
    ['2,5', 2.5],
  ] as const)
    assert.equal(parseTime(text), seconds)
  for (const text of ['', 'a', '1:2:3:4', '-1', '1e3']) assert.equal(parseTime(text), undefined)
})

test('faults are named', () => {
  assert.deepEqual(faultsOf({ ...defaultChoice, track: '0', start: 'x', end: 'y' }), [
    'track',
    'start',
    'end',
  ])
  assert.deepEqual(faultsOf({ ...defaultChoice, start: '2:00', end: '1:00' }), ['end-before-start'])
  assert.deepEqual(faultsOf(defaultChoice), [])
})
