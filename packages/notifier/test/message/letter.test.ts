import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { commands, facts, link, paragraph, renderLetter } from '../../src/message/letter.ts'

const letter = {
  title: 'News & <more>',
  blocks: [
    paragraph(`${'word '.repeat(30)}end`),
    facts('<b>name</b>', '1 MB'),
    link('https://example.com/?a=1&b="2"'),
    commands("curl 'https://example.com/?a=1&b=2'"),
  ],
  footer: 'Because <you> asked.',
}

describe('renderLetter', () => {
  it('writes lines of a length that every mail program shows, and leaves links whole', () => {
    const long = `https://example.com/${'x'.repeat(200)}`
    const { text } = renderLetter({ ...letter, blocks: [...letter.blocks, link(long)] })
    const lines = text.split('\n').filter(line => !line.includes(long))
    assert.ok(lines.every(line => line.length <= 78))
    assert.ok(text.includes(`    ${long}\n`))
  })

  it('escapes every value in the HTML part', () => {
    const { html } = renderLetter({ ...letter, blocks: [...letter.blocks, paragraph(`<b a="1" c='2'>&`)] })
    assert.match(html, /<p>&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;<\/p>/)
    assert.match(html, /<title>News &amp; &lt;more&gt;<\/title>/)
    assert.match(html, /<strong>&lt;b&gt;name&lt;\/b&gt;<\/strong><br>1 MB/)
    assert.match(html, /<a href="https:\/\/example\.com\/\?a=1&amp;b=&quot;2&quot;">/)
    assert.match(html, /<p>Because &lt;you&gt; asked\.<\/p>/)
    assert.doesNotMatch(html, /<(script|img|style|link)/)
  })
})
