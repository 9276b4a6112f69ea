import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accountMailKind, languages } from '@jackalope/contracts'
import { madeParts } from '../../src/message/account-letters.ts'
import { fill, textsIn } from '../../src/message/language.ts'

/** All texts below a value, by their path; the paragraphs of a letter count as one. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (Array.isArray(value)) return [[path, value.join('\n')]]
  return Object.entries(value as object).flatMap(([name, inner]) => textsOf(inner, `${path}.${name}`))
}

const placeholders = (text: string) => (text.match(/\{\w+\}|^@[\w-]+$/gm) ?? []).toSorted()

describe('the languages of mails', () => {
  const model = textsOf(textsIn('en'))
  for (const language of languages)
    it(`${language} has the texts of English, with the same values and parts in each`, () => {
      const texts = new Map(textsOf(textsIn(language)))
      assert.deepEqual([...texts.keys()], [...new Map(model).keys()])
      for (const [path, text] of model)
        assert.deepEqual(placeholders(texts.get(path) ?? ''), placeholders(text), path)
      const parts = [...texts.values()].join('\n').match(/^@[\w-]+$/gm) ?? []
      assert.ok(parts.every(part => madeParts.includes(part)))
      assert.deepEqual(Object.keys(textsIn(language).account.kinds), accountMailKind.options)
    })

  it('get values put in once, whatever those hold', () => {
    assert.equal(fill('{a} {b} {c}', { a: '{b}', b: '$&' }), '{b} $& {c}')
  })
})
