// Runs in a process of its own. It appends to a resumable blob, slowly and without end, until it is killed.
import { setTimeout as delay } from 'node:timers/promises'
import { openBlobStore } from '../../src/index.ts'

const [place = '', id = '', mode] = process.argv.slice(2)
const { name, ...where } = JSON.parse(place)
const { resumable } = openBlobStore({ place: where, name })
const blob = await resumable.find(id)

async function* source() {
  for (let count = 0; ; count++) {
    yield Buffer.alloc(400_000, 'x')
    if (count === 3) process.send?.('begun')
    await delay(200)
  }
}

const verify = mode === 'verified' ? () => {} : undefined
await resumable.append(id, source(), { offset: blob?.offset ?? 0, takeOver: true, verify })
