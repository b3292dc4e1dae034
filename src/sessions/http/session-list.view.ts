import { ApiProperty } from '@nestjs/swagger';
import { UserView } from '../../users/index.js';
import { SessionView } from '../session.view.js';

export class SessionListView {
  @ApiProperty({ type: [SessionView] }) items!: SessionView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export class CurrentView {
  @ApiProperty() user!: UserView;
  @ApiProperty() session!: SessionView;
}

export class EndedCountView {
  @ApiProperty({ description: 'How many sessions ended.', example: 2 }) ended!: number;
}

export class RefreshedView extends SessionView {
  @ApiProperty({ required: false, description: 'Only with `rotate`.' }) token?: string;
}
