import { users } from './2026-11-24-users.ts'
import type { Migration } from './migration.ts'

/** All of them, oldest first. New ones are added at the end; those above stay as they are. */
export const migrations: readonly Migration[] = [users]
