import { View } from '../app/view.tsx'

export function Queues() {
  return <View title="Queues">{null}</View>
}
