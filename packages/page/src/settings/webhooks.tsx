import { View } from '../app/view.tsx'

export function Webhooks() {
  return <View title="Webhooks">{null}</View>
}
