import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseLanguage } from '../../src/texts/choose-language.ts'

test('the first language that the page has is taken, in the order of the reader', () => {
  assert.equal(chooseLanguage(['fr-FR', 'de-AT', 'en']), 'de')
  assert.equal(chooseLanguage(['en-GB', 'de']), 'en')
  assert.equal(chooseLanguage(['ja']), 'en')
  assert.equal(chooseLanguage([]), 'en')
})
