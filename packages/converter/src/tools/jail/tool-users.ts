/** Ids of users and groups that no distribution gives to anybody (systemd, UIDS-GIDS). */
const firstId = 60_706
const lastId = 61_183

let next = process.pid

/** The id of another user for each job, who has a group of the same number: of two tools at work, neither can reach the other. */
export function nextToolUser(): number {
  return firstId + (next++ % (lastId - firstId + 1))
}

/** Words before a command that make it run as that user, without any right of root. */
export function asUser(id: number): string[] {
  return ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups', ...withoutRights]
}

const withoutRights = ['--no-new-privs', '--bounding-set=-all', '--inh-caps=-all', '--']

/** The same for a command that keeps its user. */
export const asWeAre: readonly string[] = ['setpriv', ...withoutRights]
