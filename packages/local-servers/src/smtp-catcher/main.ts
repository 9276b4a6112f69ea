// Runs the mail catcher: node main.ts PORT FOLDER [ADDRESS]
import { startMailCatcher } from './mail-catcher.ts'

const [port = '', mailDir = '', host = '127.0.0.1'] = process.argv.slice(2)
const catcher = await startMailCatcher({ host, port: Number(port), mailDir })
console.log(`catching mail on ${host}:${port}, into ${mailDir}`)

const end = () => void catcher.close().then(() => process.exit(0))
process.once('SIGTERM', end)
process.once('SIGINT', end)
