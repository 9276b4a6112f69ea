import type { AppDeps } from '../app-deps.ts'
import type { OperatorDeps } from './operator-deps.ts'

/** What the operators' part of the API works with. */
export type AdminDeps = OperatorDeps &
  Pick<AppDeps, 'videos' | 'audios' | 'auth' | 'conversions' | 'uploadLimits'>
