import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Profile } from '../accounts/index.js';
import { ID_EXAMPLE } from '../common/index.js';
import { toMessageView, type Message } from '../messages/index.js';

export class MessengerUserView {
  @ApiProperty({ format: 'uuid', example: ID_EXAMPLE }) _id!: string;
  @ApiProperty({ type: String, nullable: true, description: 'The display name, else the username.' })
  fullName!: string | null;
  @ApiPropertyOptional({ type: String, nullable: true, description: 'Only of oneself.', example: 'asha@example.com' })
  email?: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The address of the picture.' })
  profilePic!: string | null;
  @ApiPropertyOptional({ format: 'date-time', description: 'Only of oneself.' }) createdAt?: string;
}

export class MessengerMessageView {
  @ApiProperty({ format: 'uuid', example: ID_EXAMPLE }) _id!: string;
  @ApiProperty({ format: 'uuid' }) senderId!: string;
  @ApiProperty({ format: 'uuid' }) receiverId!: string;
  @ApiProperty({ type: String, nullable: true, example: 'See you at six.' }) text!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The address of the picture.' }) image!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
}

/** Somebody else: what they are reached by is their own business. */
export function toMessengerUser({ id, displayName, username, avatarUrl }: Profile): MessengerUserView {
  return { _id: id, fullName: displayName ?? username, profilePic: avatarUrl };
}

export function toOwnMessengerUser(user: Profile): MessengerUserView {
  return { ...toMessengerUser(user), email: user.email, createdAt: user.createdAt.toISOString() };
}

export function toMessengerMessage(message: Message): MessengerMessageView {
  const { id, from, to, text, imageUrl, createdAt } = toMessageView(message);
  return { _id: id, senderId: from, receiverId: to, text, image: imageUrl, createdAt };
}
