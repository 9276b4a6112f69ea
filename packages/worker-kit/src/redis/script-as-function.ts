import { createHash } from 'node:crypto'

/** SHA-256 of the scripts of BullMQ whose functions use no local name of the rest. Each of them runs once for each of many jobs. */
const separable = new Set([
  '2eee45c9ffc54d24681b737f926016a7f7464f0d32a5f87f623bffa2fc55413c', // addStandardJob
  '7d35069db0b831af1bd1b2d5eb8d524e86fc7d3280b8c684a96b6614bad7d79a', // moveToActive
  '8e744ec5d65dbe9e7ffb6e39a96c0268bba65e4f0b1d04e2d2a42ccb71b45a6d', // moveToFinished
])

/** Begins a function of a script; a line that begins with `end` ends it. BullMQ's build writes them so. */
const FUNCTION = /^local (?:function \w+|\w+ = function) ?\(/

/** A script of BullMQ as a Lua function of KEYS and ARGV. Functions within the script are defined once in a command, at the first job,
 *  not for each job: `moveToFinished` has 41, a quarter of what a finish costs. A text that is not listed stays in one piece. */
export function scriptAsFunction(script: string): string {
  const sha256 = createHash('sha256').update(script).digest('hex')
  return separable.has(sha256) ? defineOnce(separate(script)) : `function(KEYS, ARGV)\n${script}\nend`
}

function defineOnce({ functions, rest }: { functions: string; rest: string }): string {
  return `(function()
local run
local function define()
local rcall = redis.call
${functions}
return function(KEYS, ARGV)
${rest}
end
end
return function(KEYS, ARGV)
run = run or define()
return run(KEYS, ARGV)
end
end)()`
}

/** Takes the functions out of a script, in their order. */
export function separate(script: string): { functions: string; rest: string } {
  const functions: string[] = []
  const rest: string[] = []
  let isInside = false
  for (const line of script.split('\n')) {
    isInside ||= FUNCTION.test(line)
    if (isInside) functions.push(line)
    else rest.push(line)
    if (line.startsWith('end')) isInside = false
  }
  return { functions: functions.join('\n'), rest: rest.join('\n') }
}
