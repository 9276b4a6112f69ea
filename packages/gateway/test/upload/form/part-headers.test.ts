import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFileName } from '../../../src/upload/form/part-headers.ts'

const header = (parameters: string) =>
  Buffer.from(`form-data; name="file"; ${parameters}`, 'utf8').toString('latin1')

const cases: Array<[what: string, parameters: string, fileName: string]> = [
  ['plain', 'filename="song.mp4"', 'song.mp4'],
  ['a token', 'filename=song.mp4', 'song.mp4'],
  ['capitals and spaces', 'FileName = "song.mp4"', 'song.mp4'],
  ['UTF-8', 'filename="мёд.mp4"', 'мёд.mp4'],
  ['a quote as browsers escape it', 'filename="a%22b.mp4"', 'a"b.mp4'],
  ['a quote as old curl escapes it', 'filename="a\\"b.mp4"', 'a"b.mp4'],
  ['a line break as browsers escape it', 'filename="a%0D%0Ab.mp4"', 'a\r\nb.mp4'],
  ['a percent sign that means itself', 'filename="100%25 %zz.mp4"', '100%25 %zz.mp4'],
  ['semicolons', 'filename="a; b=c; filename=d.mp4"', 'a; b=c; filename=d.mp4'],
  ['a backslash at the end', 'filename="a\\"', 'a\\'],
  ['RFC 8187', "filename*=UTF-8''f%C3%B8tex%20%22.mp4", 'føtex ".mp4'],
  ['RFC 8187 in Latin-1', "filename*=iso-8859-1'da'f%F8tex.mp4", 'føtex.mp4'],
  ['RFC 8187 before the fallback', `filename="f?tex.mp4"; filename*=UTF-8''f%C3%B8tex.mp4`, 'føtex.mp4'],
  ['a fallback for broken RFC 8187', `filename="plain.mp4"; filename*=UTF-8''%FF`, 'plain.mp4'],
  ['RFC 8187 between quotes', `filename*="UTF-8''f%C3%B8tex.mp4"`, 'føtex.mp4'],
  ['RFC 8187 that is none, alone', 'filename*="song.mp4"', 'song.mp4'],
  ['RFC 2047 B', 'filename="=?UTF-8?B?w7xiZXIubXA0?="', 'über.mp4'],
  ['RFC 2047 Q', 'filename="=?iso-8859-1?Q?=FCber_alles.mp4?="', 'über alles.mp4'],
  ['RFC 2047 in two words', 'filename="=?UTF-8?Q?=C3=BC?= =?UTF-8?Q?ber?=.mp4"', 'über.mp4'],
  ['RFC 2047 in an unknown charset', 'filename="=?x-none?Q?a?="', '=?x-none?Q?a?='],
  ['nothing', 'filename=""', ''],
]

for (const [what, parameters, fileName] of cases)
  test(`reads ${what}`, () => assert.equal(readFileName(header(parameters)), fileName))

test('reads a name that is no UTF-8 as Latin-1', () =>
  assert.equal(readFileName('form-data; name="file"; filename="f\xf8tex.mp4"'), 'føtex.mp4'))

test('takes a part without a file name for none', () => {
  assert.equal(readFileName('form-data; name="file"'), undefined)
  assert.equal(readFileName(''), undefined)
})
