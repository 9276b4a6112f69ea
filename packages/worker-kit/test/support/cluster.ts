import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { TestContext } from 'node:test'
import { type RabbitmqCluster, type RabbitmqServer, startRabbitmqCluster } from '@jackalope/local-servers'
import { onEnd } from '@jackalope/local-servers/testing'

export interface QueueReplicas {
  leader: RabbitmqServer
  /** Nodes that have a replica. */
  members: number
  /** Those of them that are there. */
  online: number
}

/** A cluster of three nodes of the test's own. */
export async function startCluster(t: TestContext): Promise<RabbitmqCluster> {
  const dir = await mkdtemp(join(tmpdir(), 'worker-kit-cluster-'))
  const cluster = await startRabbitmqCluster({ dir })
  onEnd(t, async () => {
    await Promise.all(cluster.nodes.map(node => node.kill()))
    await cluster.stop()
    await rm(dir, { recursive: true })
  })
  return cluster
}

/** Where a quorum queue lives, as one of the nodes sees it. */
export async function replicasOf(
  { nodes }: RabbitmqCluster,
  queue: string,
  seenBy: RabbitmqServer,
): Promise<QueueReplicas> {
  // Not `list_queues`: it wants all nodes to reach the program that asks, and that is known to this node alone.
  const output = await seenBy.control(
    'eval',
    `{ok, Queue} = rabbit_amqqueue:lookup(rabbit_misc:r(<<"/">>, queue, <<"${queue}">>)),
     [[N || {K, V} <- rabbit_amqqueue:info(Queue, [leader, members, online]), K =:= Key, N <- lists:flatten([V])]
      || Key <- [leader, members, online]].`,
  )
  const [leaders, members, online] = JSON.parse(output.replaceAll(/[a-z]+\d+@localhost/g, '"$&"'))
  const leader = nodes.find(node => `${nameOf(node)}@localhost` === leaders[0])
  if (!leader) throw new Error(`${queue} has no leader: ${output}`)
  return { leader, members: members.length, online: online.length }
}

/** Erlang's name of a node, without its host. */
export function nameOf({ dir }: RabbitmqServer): string {
  return basename(dir)
}
