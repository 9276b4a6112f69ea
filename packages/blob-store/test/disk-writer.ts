// Runs in a process of its own. It writes half a blob and sends its id, or claims fields when the test says `go`.
import { createDiskBlobStore } from '../src/index.ts'

const [dir = '', task, id = '', name] = process.argv.slice(2)
const store = createDiskBlobStore({ dir })

if (task === 'write') {
  const writer = store.create({ fileName: 'song.mp4', contentType: 'video/mp4' })
  writer.write(Buffer.alloc(1_000_000), () => process.send?.(writer.id))
  setInterval(() => {}, 60_000) // runs until it is killed
} else {
  process.once('message', async () => {
    const fields = Array.from({ length: 100 }, (_, number) => `field${number}`)
    const values = fields.map(field => store.claimMetadata(id, field, `${field} of ${name}`))
    process.send?.(await Promise.all(values), () => process.disconnect())
  })
  process.send?.('ready')
}
