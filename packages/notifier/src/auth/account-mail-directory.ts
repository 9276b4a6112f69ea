import {
  type AccountMailContent,
  accountMailContent,
  accountMailObsolete,
  accountMailUnknown,
} from '@jackalope/contracts'
import { NotifierError } from '../notifier-error.ts'
import { type AuthOptions, askAuth } from './ask-auth.ts'

/** Finds out what a mail about an account says, and to whom. */
export interface AccountMailDirectory {
  /** @throws {NotifierError} `ERR_MAIL_OBSOLETE`, `ERR_MAIL_UNKNOWN`, `ERR_AUTH_REFUSED`, `ERR_AUTH_UNAVAILABLE` */
  find(mailId: string, signal: AbortSignal): Promise<AccountMailContent>
}

export function createAccountMailDirectory(options: AuthOptions): AccountMailDirectory {
  return {
    find: (mailId, signal) => {
      const question = {
        path: `/internal/account-mails/${encodeURIComponent(mailId)}`,
        what: `account mail ${mailId}`,
        schema: accountMailContent,
        isRight: ({ id }: AccountMailContent) => id === mailId,
        verdicts: {
          [accountMailObsolete]: () =>
            new NotifierError(
              'ERR_MAIL_OBSOLETE',
              'the link was used, replaced or has expired, or the account is gone',
            ),
          [accountMailUnknown]: () =>
            new NotifierError('ERR_MAIL_UNKNOWN', `auth knows no account mail ${mailId}, or removed it`),
        },
      }
      return askAuth(options, question, signal)
    },
  }
}
