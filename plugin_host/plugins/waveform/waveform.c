/* SPDX-License-Identifier: BSD-3-Clause */
/* Shows a sound file as a waveform. Plain C: the host, libsndfile and nothing else. */
#include <bulkhead/plugin.h>

#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_CHANNELS = 8,
    BUCKETS = 4096,      /* columns that are measured; a view is seldom wider */
    FRAMES_AT_ONCE = 65536 /* decoded in one turn of the loop: a millisecond or two */
};

typedef struct { float least, most; } peak;

typedef struct {
    const bulkhead_host *host;
    bulkhead_page *page;
    const bulkhead_timers *timers;
    const bulkhead_theme *theme;
    bulkhead_view view;
    char name[256];
    const unsigned char *bytes;
    sf_count_t size, at; /* of the bytes, for libsndfile */
    SNDFILE *file;
    SF_INFO info;
    sf_count_t done; /* frames decoded */
    float *buffer;
    peak peaks[MOST_CHANNELS][BUCKETS];
    double cursor; /* 0 to 1; below 0: none */
    int dragging;
} waveform;

/* ---- libsndfile reads from memory ---- */

static sf_count_t file_length(void *user) { return ((waveform *)user)->size; }
static sf_count_t file_tell(void *user) { return ((waveform *)user)->at; }
static sf_count_t file_write(const void *bytes, sf_count_t count, void *user)
{
    (void)bytes, (void)count, (void)user;
    return 0;
}

static sf_count_t file_seek(sf_count_t offset, int whence, void *user)
{
    waveform *self = user;
    const sf_count_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? self->at : self->size;
    if (offset < -from || offset > self->size - from)
        return -1;
    return self->at = from + offset;
}

static sf_count_t file_read(void *bytes, sf_count_t count, void *user)
{
    waveform *self = user;
    const sf_count_t left = self->size - self->at;
    const sf_count_t got = count < left ? count : left;
    if (got <= 0)
        return 0;
    memcpy(bytes, self->bytes + self->at, (size_t)got);
    self->at += got;
    return got;
}

static SF_VIRTUAL_IO memory_file = {file_length, file_seek, file_read, file_write, file_tell};

/* ---- the plugin ---- */

static void *create(const bulkhead_host *host, bulkhead_page *page)
{
    waveform *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->host = host;
    self->page = page;
    self->timers = host->extension(BULKHEAD_TIMERS);
    self->theme = host->extension(BULKHEAD_THEME);
    self->cursor = -1;
    return self;
}

static void destroy(void *user)
{
    waveform *self = user;
    if (self->file)
        sf_close(self->file);
    free(self->buffer);
    free(self);
}

static void set_title(waveform *self)
{
    char title[400];
    const long seconds = self->info.samplerate > 0 ? (long)(self->info.frames / self->info.samplerate) : 0;
    snprintf(title, sizeof title, "%s (%ld:%02ld, %d Hz, %d %s)", self->name[0] ? self->name : "Sound", seconds / 60, seconds % 60,
             self->info.samplerate, self->info.channels, self->info.channels == 1 ? "channel" : "channels");
    self->host->set_title(self->page, title);
}

/* Decodes a piece and comes back for the next: nothing takes long. */
static void decode(void *user)
{
    waveform *self = user;
    const int channels = self->info.channels;
    const sf_count_t got = sf_readf_float(self->file, self->buffer, FRAMES_AT_ONCE);
    for (sf_count_t i = 0; i < got; ++i) {
        const sf_count_t bucket = (self->done + i) * BUCKETS / self->info.frames;
        if (bucket >= BUCKETS)
            break;
        for (int c = 0; c < channels && c < MOST_CHANNELS; ++c) {
            const float value = self->buffer[i * channels + c];
            peak *p = &self->peaks[c][bucket];
            if (value < p->least)
                p->least = value;
            if (value > p->most)
                p->most = value;
        }
    }
    self->done += got;
    self->host->invalidate(self->page, NULL);
    if (got < FRAMES_AT_ONCE || self->done >= self->info.frames || !self->timers->start(self->page, 0, decode, self)) {
        sf_close(self->file);
        self->file = NULL;
        self->host->set_progress(self->page, 1);
        return;
    }
    self->host->set_progress(self->page, (double)self->done / (double)self->info.frames);
}

static void begin(void *user, const bulkhead_document *document)
{
    waveform *self = user;
    snprintf(self->name, sizeof self->name, "%s", document->file_name);
    self->host->set_progress(self->page, 0);
}

static void whole(void *user, const void *bytes, size_t count)
{
    waveform *self = user;
    self->bytes = bytes;
    self->size = (sf_count_t)count;
    self->file = sf_open_virtual(&memory_file, SFM_READ, &self->info, self);
    if (self->file && (self->info.frames <= 0 || self->info.channels < 1 || self->info.channels > 1024)) {
        sf_close(self->file);
        self->file = NULL;
    } else if (self->file) {
        self->buffer = malloc(sizeof(float) * FRAMES_AT_ONCE * (size_t)self->info.channels);
    }
    if (!self->file || !self->buffer) {
        self->host->set_error(self->page, "This is not a sound file that can be read.");
        self->host->set_progress(self->page, 1);
        return;
    }
    set_title(self);
    decode(self);
}

static void view(void *user, const bulkhead_view *now)
{
    waveform *self = user;
    self->view = *now;
    self->host->invalidate(self->page, NULL);
}

/* ---- painting: columns of pixels ---- */

typedef struct { const bulkhead_frame *frame; bulkhead_rect clip; } canvas;

static void column(const canvas *to, int x, int top, int bottom, uint32_t color)
{
    if (x < to->clip.x || x >= to->clip.x + to->clip.width)
        return;
    if (top < to->clip.y)
        top = to->clip.y;
    if (bottom > to->clip.y + to->clip.height)
        bottom = to->clip.y + to->clip.height;
    for (int y = top; y < bottom; ++y)
        *(uint32_t *)((char *)to->frame->pixels + (size_t)y * (size_t)to->frame->stride + (size_t)x * 4) = color;
}

static void paint_channel(const waveform *self, const canvas *to, int channel, int top, int height, const bulkhead_colors *colors)
{
    const int width = to->frame->width;
    const int middle = top + height / 2;
    for (int x = to->clip.x; x < to->clip.x + to->clip.width; ++x) {
        peak p = {0, 0};
        const int first = (int)((long long)x * BUCKETS / width);
        int last = (int)((long long)(x + 1) * BUCKETS / width);
        if (last <= first)
            last = first + 1;
        for (int b = first; b < last && b < BUCKETS; ++b) {
            if (self->peaks[channel][b].least < p.least)
                p.least = self->peaks[channel][b].least;
            if (self->peaks[channel][b].most > p.most)
                p.most = self->peaks[channel][b].most;
        }
        if (p.most > 1)
            p.most = 1;
        if (p.least < -1)
            p.least = -1;
        const int reach = height / 2 - 2;
        column(to, x, middle - (int)((float)reach * p.most), middle + (int)((float)reach * -p.least) + 1, colors->accent);
        column(to, x, middle, middle + 1, colors->faint_text);
    }
}

static void paint(void *user, const bulkhead_frame *frame, const bulkhead_rect *damage, size_t count)
{
    const waveform *self = user;
    bulkhead_colors colors = {sizeof colors, 0xffffffff, 0xff000000, 0xff888888, 0xff1a5fb4, 0xffb3261e};
    if (self->theme)
        self->theme->colors(self->page, &colors);
    for (size_t i = 0; i < count; ++i) {
        const canvas to = {frame, damage[i]};
        for (int x = damage[i].x; x < damage[i].x + damage[i].width; ++x)
            column(&to, x, 0, frame->height, colors.background);
        const int channels = self->info.channels < MOST_CHANNELS ? self->info.channels : MOST_CHANNELS;
        for (int c = 0; c < channels; ++c)
            paint_channel(self, &to, c, c * frame->height / channels, frame->height / channels, &colors);
        if (self->cursor >= 0) {
            const int x = (int)(self->cursor * (frame->width - 1));
            const int thick = self->view.device_pixel_ratio >= 1.5 ? 2 : 1;
            for (int dx = 0; dx < thick; ++dx)
                column(&to, x + dx, 0, frame->height, colors.error);
        }
    }
}

static int input(void *user, const bulkhead_input *event)
{
    waveform *self = user;
    const int left = event->button == BULKHEAD_LEFT;
    if (event->type == BULKHEAD_MOUSE_PRESS && left)
        self->dragging = 1;
    else if (event->type == BULKHEAD_MOUSE_RELEASE && left)
        self->dragging = 0;
    else if (event->type != BULKHEAD_MOUSE_MOVE || !self->dragging)
        return 0;
    self->cursor = self->view.width > 1 ? event->view_x / (self->view.width - 1) : 0;
    self->cursor = self->cursor < 0 ? 0 : self->cursor > 1 ? 1 : self->cursor;
    self->host->invalidate(self->page, NULL);
    return 1;
}

static size_t save(void *user, void *state, size_t capacity)
{
    const waveform *self = user;
    if (capacity < sizeof self->cursor)
        return 0;
    memcpy(state, &self->cursor, sizeof self->cursor);
    return sizeof self->cursor;
}

static void restore(void *user, const void *state, size_t count)
{
    waveform *self = user;
    double cursor = -1;
    if (count == sizeof cursor)
        memcpy(&cursor, state, sizeof cursor);
    if (cursor >= 0 && cursor <= 1)
        self->cursor = cursor;
}

BULKHEAD_EXPORT const bulkhead_plugin bulkhead_plugin_entry = {
    .size = sizeof(bulkhead_plugin),
    .abi_major = BULKHEAD_ABI_MAJOR,
    .abi_minor = BULKHEAD_ABI_MINOR,
    .id = BULKHEAD_PLUGIN_ID,
    .version = BULKHEAD_PLUGIN_VERSION,
    .create = create,
    .destroy = destroy,
    .paint = paint,
    .view = view,
    .begin = begin,
    .whole = whole,
    .input = input,
    .save = save,
    .restore = restore,
};
