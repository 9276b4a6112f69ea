import assert from 'node:assert/strict'
import { test } from 'node:test'
import { html } from '../../src/pages/html.ts'

test('escapes every value that is no HTML of ours', () => {
  const hostile = `<script>alert("1")</script>&'`
  assert.equal(
    html`<p title="${hostile}">${hostile}</p>`.text,
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;">' +
      '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</p>',
  )
  assert.equal(html`${html`<b>${1}</b>`}${undefined}`.text, '<b>1</b>')
})
