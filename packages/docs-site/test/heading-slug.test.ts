import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headingSlug } from '../src/heading-slug.ts'

const headings = {
  'Supported operations': 'supported-operations',
  'R1: what BullMQ knows': 'r1-what-bullmq-knows',
  '100,000 parents ahead of the line': '100000-parents-ahead-of-the-line',
  '`ERR_NOT_RECORDED`, again': 'err_not_recorded-again',
  'Größe & Maß': 'größe--maß',
}

for (const [heading, slug] of Object.entries(headings))
  test(`makes the anchor of "${heading}" as GitHub does`, () => assert.equal(headingSlug(heading), slug))
