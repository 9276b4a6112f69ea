import { guestRole, type RequestUser } from '@jackalope/contracts'

/** What a guest may upload, store and have in work. */
export interface GuestLimits {
  /** Largest file, in bytes. */
  maxUploadBytes: number
  /** Bytes of uploaded files and audio together. */
  maxBytes: number
  /** Jobs that have not ended. */
  maxJobs: number
}

/** Whether a user tries the service without an account. */
export function isGuest({ roles }: Pick<RequestUser, 'roles'>): boolean {
  return roles.includes(guestRole)
}
