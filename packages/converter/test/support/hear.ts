import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What can be heard in an audio file. */
export interface Sound {
  seconds: number
  /** Frequency of the tone that sounds for a quarter of a second from there, in Hz. */
  toneAt(seconds: number): number
  /** Mean level of the left channel, in dB of full scale. */
  level: number
  /** Highest sample of the left channel, in dB of full scale. */
  peak: number
}

const sampleRate = 16_000

export async function hear(path: string): Promise<Sound> {
  const args = [
    '-v',
    'error',
    '-i',
    `file:${path}`,
    '-af',
    `pan=mono|c0=c0,aresample=${sampleRate}`,
    '-f',
    'f32le',
    '-',
  ]
  const { stdout } = await promisify(execFile)('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1e9 })
  const samples = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length))
  let sum = 0
  let peak = 0
  for (const sample of samples) {
    sum += sample * sample
    peak = Math.max(peak, Math.abs(sample))
  }
  return {
    seconds: samples.length / sampleRate,
    level: 10 * Math.log10(sum / samples.length),
    peak: 20 * Math.log10(peak),
    toneAt(seconds) {
      const part = samples.subarray(seconds * sampleRate, (seconds + 0.25) * sampleRate)
      let crossings = 0
      for (let i = 1; i < part.length; i++) if ((part[i - 1] ?? 0) < 0 !== (part[i] ?? 0) < 0) crossings++
      return crossings * 2
    },
  }
}

/** Whether two frequencies are the same tone. */
export function isTone(frequency: number, expected: number): boolean {
  return Math.abs(frequency - expected) < expected * 0.05
}
