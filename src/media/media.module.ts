import { Module } from '@nestjs/common';
import { PersonalDataModule } from '../personal-data/personal-data.module.js';
import { AvatarController } from './avatar.controller.js';
import { Avatars } from './avatars.service.js';
import { AvatarSweeper } from './avatar-sweeper.service.js';
import { ImageConverter } from './image-converter.service.js';
import { ImageForms } from './image-forms.service.js';
import { ImageRoom, READING } from './image-room.js';
import { ImagesController } from './images.controller.js';
import { Images } from './images.service.js';
import { ImageUses } from './image-uses.service.js';
import { IMAGE_STORAGE } from './storage/image-storage.provider.js';
import { MediaPersonalData } from './media.personal-data.js';
import { UnsentImageSweeper } from './unsent-image-sweeper.service.js';
import { UploadedImagePipe } from './uploaded-image.decorator.js';

@Module({
  imports: [PersonalDataModule],
  controllers: [AvatarController, ImagesController],
  providers: [
    Avatars,
    AvatarSweeper,
    Images,
    ImageConverter,
    ImageForms,
    { provide: ImageRoom, useFactory: () => new ImageRoom(READING) },
    ImageUses,
    MediaPersonalData,
    UnsentImageSweeper,
    UploadedImagePipe,
    IMAGE_STORAGE,
  ],
  exports: [Avatars, Images, ImageForms, ImageRoom, ImageUses],
})
export class MediaModule {}
