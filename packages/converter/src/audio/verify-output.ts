import { open, stat } from 'node:fs/promises'
import type { OutputPlan } from './output-plan.ts'
import { type AudioFile, AudioFileFault } from './verify/audio-file.ts'

/** An output as its own bytes show it. */
export interface VerifiedOutput {
  sizeBytes: number
  /** What a player plays, in seconds. 0 if there is no output, or nothing in it. */
  durationSeconds: number
  /** What is wrong with the file, as the end of a sentence; `undefined` if nothing is. */
  fault: string | undefined
}

/** Checks an output against its plan: that it is there, of the right container and codec, and whole. ffmpeg's exit code
 *  proves none of it. No program is started for it.
 *  @param path - absolute */
export async function verifyOutput(
  path: string,
  { format, expected }: Pick<OutputPlan, 'format' | 'expected'>,
): Promise<VerifiedOutput> {
  const sizeBytes = await stat(path).then(
    ({ size }) => size,
    () => 0,
  )
  if (sizeBytes === 0) return { sizeBytes, durationSeconds: 0, fault: undefined }
  const file = await open(path)
  try {
    const found = await format.read(file, sizeBytes)
    return { sizeBytes, durationSeconds: found.durationSeconds, fault: findFault(found, expected, sizeBytes) }
  } catch (error) {
    if (!(error instanceof AudioFileFault)) throw error
    return { sizeBytes, durationSeconds: 0, fault: error.message }
  } finally {
    await file.close()
  }
}

function findFault(
  found: AudioFile,
  expected: OutputPlan['expected'],
  sizeBytes: number,
): string | undefined {
  if (found.codec !== expected.codec) return `its codec is ${found.codec}, not ${expected.codec}`
  // Opus always has 48 kHz.
  if (found.codec !== 'opus' && found.sampleRate !== expected.sampleRate)
    return `it has ${found.sampleRate} Hz, not ${expected.sampleRate}`
  if (found.channels !== undefined && found.channels !== expected.channels)
    return `it has ${found.channels} channels, not ${expected.channels}`
  if (found.statedBytes !== undefined && found.statedBytes > sizeBytes)
    return `it has ${sizeBytes} bytes, not ${found.statedBytes}`
  return undefined
}
