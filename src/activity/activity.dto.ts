import { IsActivityData, IsActivityType } from './activity.rules.js';

export class RecordActivityDto {
  @IsActivityType()
  type!: string;

  @IsActivityData()
  data?: Record<string, unknown>;
}
