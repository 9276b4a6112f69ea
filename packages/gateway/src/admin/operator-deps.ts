import type { BlobStoreKind } from '@jackalope/blob-store'
import type { GatewayConfig } from '../gateway-config.ts'
import type { CensusMemory } from '../upkeep/census/remember-census.ts'
import type { Retention } from '../upkeep/retention.ts'
import type { OperatorKit } from './operator-kit.ts'

/** What the operators' part of the API works with, and no other part. */
export interface OperatorDeps {
  operatorKit: OperatorKit
  censusMemory: CensusMemory
  retention: Retention
  storeKind: BlobStoreKind
  limits: Pick<
    GatewayConfig,
    'MAX_UPLOAD_BYTES' | 'MAX_STORED_BYTES_PER_USER' | 'MAX_OPEN_JOBS_PER_USER' | 'MIN_FREE_BYTES'
  >
}
