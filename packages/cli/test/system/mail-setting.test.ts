import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from '../../src/cli-error.ts'
import { givenMailSetting } from '../../src/system/mail-setting.ts'

test('mail is on unless MAIL=off', () => {
  assert.equal(givenMailSetting({}), 'on')
  assert.equal(givenMailSetting({ MAIL: '', SMTP_URL: 'smtp://mail.example.com' }), 'on')
  assert.equal(givenMailSetting({ MAIL: 'off' }), 'off')
})

test('a typo, and a mail server although no mail is sent, are refused', () => {
  assert.throws(() => givenMailSetting({ MAIL: 'no' }), UsageError)
  assert.throws(() => givenMailSetting({ MAIL: 'off', SMTP_URL: 'smtp://mail.example.com' }), UsageError)
})
