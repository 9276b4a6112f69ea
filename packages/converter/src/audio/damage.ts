import { type ConversionWarning, explained } from '@jackalope/contracts'
import type { ConverterError } from '../converter-error.ts'
import { damaged } from './classify-failure.ts'

/** Shortest sound that is worth having, in seconds. */
export const minSoundSeconds = 1

/** Length of a packet that could not be decoded, in seconds; about the same in all codecs. */
const packetSeconds = 0.023

/** What is wrong with a recording of which something could be read. */
export interface Damage {
  /** Whether it ends too early; else there are holes or disturbances in it. */
  isCut: boolean
  gotSeconds: number
  /** Length that the file states, if it does. */
  statedSeconds: number | undefined
  /** Packets that could not be decoded. */
  decodingErrors: number
}

/** A warning for the owner, or an error where too little is left.
 *  @returns an error also if the owner wants all or nothing */
export function judgeDamage(
  damage: Damage,
  onDamage: 'deliver' | 'fail',
): ConversionWarning | ConverterError {
  const { gotSeconds, statedSeconds } = damage
  if (onDamage === 'fail' || gotSeconds < minSoundSeconds) return damaged(gotSeconds, statedSeconds)
  return damage.isCut ? describeCut(damage) : describeHoles(damage)
}

function describeCut({ gotSeconds, statedSeconds }: Damage): ConversionWarning {
  const missing = missingSeconds(gotSeconds, statedSeconds)
  if (missing === undefined || statedSeconds === undefined)
    return { code: 'incomplete', ...explained('cut-off', { gotSeconds }) }
  const told = explained('ends-early', { gotSeconds, statedSeconds })
  return { code: 'incomplete', ...told, seconds: missing }
}

function describeHoles({ gotSeconds, statedSeconds, decodingErrors }: Damage): ConversionWarning {
  const missing = missingSeconds(gotSeconds, statedSeconds)
  if (missing !== undefined && statedSeconds !== undefined)
    return {
      code: 'damaged',
      ...explained('damaged-in-part', { gotSeconds, statedSeconds }),
      seconds: missing,
    }
  const disturbed = decodingErrors * packetSeconds
  if (disturbed === 0) return { code: 'damaged', ...explained('damaged-somewhere', {}) }
  const seconds = roundUp(disturbed)
  return { code: 'damaged', ...explained('damaged-for', { seconds }), seconds }
}

/** What is less than a tenth of a second is rounding. */
function missingSeconds(gotSeconds: number, statedSeconds = 0): number | undefined {
  const missing = statedSeconds - gotSeconds
  return missing >= 0.1 ? roundUp(missing) : undefined
}

function roundUp(seconds: number): number {
  return Math.ceil(seconds * 10 - 1e-6) / 10
}
