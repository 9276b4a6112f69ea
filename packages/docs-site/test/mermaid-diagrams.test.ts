import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawDiagram } from '../src/mermaid-diagrams.ts'

test('draws a diagram as SVG that loads nothing from elsewhere', () => {
  const svg = drawDiagram('stateDiagram-v2\n  [*] --> wait: add\n  wait --> active: delivery')
  assert.match(svg, /^<svg /)
  assert.match(svg, />wait</)
  assert.doesNotMatch(svg, /@import|<script|href="http/)
})

test('refuses what is no diagram', () => assert.throws(() => drawDiagram('nothing of the kind')))
