import { ApiProperty } from '@nestjs/swagger';
import { CONTACT_CHANNELS, PROOF_AGE_MS, type ProvedBy, type Session } from '../../accounts/index.js';

export class ProofView {
  @ApiProperty({ format: 'date-time' }) provedAt!: string;
  @ApiProperty({
    enum: ['password', ...CONTACT_CHANNELS],
    description: 'The password, or the channel whose code was given.',
  })
  provedBy!: ProvedBy;
  @ApiProperty({ format: 'date-time', description: 'Until when calls take it for fresh.' }) freshUntil!: string;
}

export function toProofView({ provedAt, provedBy }: Session): ProofView {
  const freshUntil = new Date(provedAt!.getTime() + PROOF_AGE_MS).toISOString();
  return { provedAt: provedAt!.toISOString(), provedBy: provedBy!, freshUntil };
}
