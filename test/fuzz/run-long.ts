// A long run by hand, on a system that is up, without limits of the rate:
//   MAIL=off ACCESS_TOKEN_TTL_SECONDS=86400 RATE_LIMITS=read=0,write=0,upload=0,credentials=0,address=0 ./jackalope up
//   node test/fuzz/run-long.ts http://127.0.0.1:PORT [SECONDS]
import { logInAsNewUser } from './new-user.ts'
import { fuzz, hasSchemathesis } from './schemathesis.ts'

const [, , url, seconds = '3600'] = process.argv
if (!url) throw new Error('Say where the gateway is: node test/fuzz/run-long.ts http://127.0.0.1:PORT')
if (!(await hasSchemathesis())) throw new Error('No Python with schemathesis')
const token = await logInAsNewUser(url)
const { report, cases, failures } = await fuzz({
  url,
  token,
  maxExamples: 3_000,
  maxSeconds: Number(seconds),
})
console.log(report)
console.log(`${cases} requests, ${failures.length} failures`)
process.exitCode = failures.length > 0 ? 1 : 0
