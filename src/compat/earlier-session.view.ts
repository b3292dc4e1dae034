import { ApiProperty } from '@nestjs/swagger';
import { isEnded, type EndedSession, type Profile, type Session } from '../accounts/index.js';

/** A session in the words of the Express and the session tracking documents. */
export class EarlierSessionView {
  @ApiProperty({ format: 'uuid' }) sessionId!: string;
  @ApiProperty({ format: 'uuid' }) userId!: string;
  @ApiProperty({ type: String, nullable: true, description: 'What the person is called.' }) nickname!: string | null;
  @ApiProperty({ type: String, format: 'email', nullable: true }) email!: string | null;
  @ApiProperty({ example: '203.0.113.7' }) ipAddress!: string;
  @ApiProperty({ example: 'Thunder Client' }) userAgent!: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) lastAccess!: string;
  @ApiProperty({ format: 'date-time', description: 'As `lastAccess`.' }) lastAccessed!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) endedAt!: string | null;
  @ApiProperty({ enum: ['active', 'ended'] }) status!: 'active' | 'ended';
  @ApiProperty({ description: 'Seconds since the last access; of an ended session until its end.' })
  inactivityDuration!: number;
  @ApiProperty({ description: 'Seconds from its start until now, or until its end.' }) duration!: number;
}

/** `person` is null for one who has deleted the account. */
export function toEarlierSession(
  session: Session | EndedSession,
  person: Pick<Profile, 'displayName' | 'username' | 'email'> | null,
  now: Date,
): EarlierSessionView {
  const endedAt = isEnded(session) ? session.endedAt : null;
  const until = endedAt ?? now;
  return {
    sessionId: session.id,
    userId: session.userId,
    nickname: person && (person.displayName ?? person.username),
    email: person && person.email,
    ipAddress: session.ip,
    userAgent: session.userAgent,
    createdAt: session.createdAt.toISOString(),
    lastAccess: session.lastSeenAt.toISOString(),
    lastAccessed: session.lastSeenAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    status: endedAt ? 'ended' : 'active',
    inactivityDuration: secondsBetween(session.lastSeenAt, until),
    duration: secondsBetween(session.createdAt, until),
  };
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / 1000));
}
