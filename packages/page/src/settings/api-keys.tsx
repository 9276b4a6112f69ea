import { View } from '../app/view.tsx'

export function ApiKeys() {
  return <View title="API keys">{null}</View>
}
