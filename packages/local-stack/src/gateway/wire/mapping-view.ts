import { type Mapping, mappingArn } from '../mapping.ts';

/** A mapping as the API shows it: the request's fields without Enabled, FunctionName and Tags; LastModified is a number. */
export function mappingView(mapping: Mapping, lastProcessingResult: string) {
  return {
    ...mapping.configuration,
    UUID: mapping.uuid,
    EventSourceMappingArn: mappingArn(mapping),
    FunctionArn: mapping.functionArn,
    State: mapping.state,
    StateTransitionReason: 'USER_INITIATED',
    LastModified: mapping.lastModifiedSeconds,
    LastProcessingResult: lastProcessingResult,
  };
}
