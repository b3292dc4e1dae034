import { ApiProperty } from '@nestjs/swagger';
import { CONTACT_CHANNELS, PROOF_AGE_MS, type ProvedBy, type Session } from '../../accounts/index.js';
import { IsCode, IsProvingPassword } from '../../auth/index.js';
import { MayBeAbsent } from '../../common/index.js';

/** One of the two. */
export class ProofDto {
  @IsProvingPassword('The password in force.')
  currentPassword?: string;

  @MayBeAbsent()
  @IsCode({ required: false, description: 'A `login` code, in place of `currentPassword`.' })
  code?: string;
}

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
