/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The plugin ABI of Bulkhead: all that the host and a plugin know of each other. Plain C11; no library is needed.
 *
 * A plugin is a shared library that exports one constant object, bulkhead_plugin_entry. The host loads it into a
 * process of its own, which can open no file, no socket and no other process, and calls the functions in that object.
 * The C++ wrapper for Qt, <bulkhead/viewer.h>, is made of nothing but this.
 *
 * Rules that hold everywhere
 *   - Thread: every function, on both sides, is called on the process's main thread. In debug builds of the host a call
 *     from another thread ends the process with a sentence; otherwise it is logged and does nothing.
 *   - Never re-entrant: the host calls the plugin only from its event loop, never from inside a function of the host.
 *     Answers to what a plugin asks for come later, as calls of their own.
 *   - Nothing waits: every function returns soon. A plugin that takes longer than 3 seconds is shown as not answering,
 * one that takes longer than 10 is ended.
 *   - Memory: pointers that are passed in are valid during that call only. Nobody frees what the other side allocated.
 *   - Text is UTF-8 and ends with a zero byte.
 *   - Lengths: "document units" are CSS pixels, counted from the document's top left corner, independent of scrolling,
 *     zoom and screen; "device pixels" are those of the frame.
 *
 * Versions
 *   - Every structure begins with its own size, set by the side that fills it in. New members are only ever appended.
 * Use BULKHEAD_HAS(pointer, member) before using a member that is younger than version 1.0.
 *   - The major number changes when something incompatible does; a host loads plugins of its own major number with a
 *     minor number not above its own.
 *   - Everything optional is an extension: a structure of functions, fetched by its id on either side. An id ends with
 *     the version of that extension; unknown ids give NULL.
 */
#ifndef BULKHEAD_PLUGIN_H
#define BULKHEAD_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#define BULKHEAD_ABI_MAJOR 1
#define BULKHEAD_ABI_MINOR 0

/* The structure that *pointer is in reaches as far as member, and member is not null. */
#define BULKHEAD_REACHES(pointer, member)                                                                              \
    ((pointer)->size >= (uint32_t)((const char *)(&(pointer)->member + 1) - (const char *)(pointer)))
#define BULKHEAD_HAS(pointer, member) (BULKHEAD_REACHES(pointer, member) && (pointer)->member)

#define BULKHEAD_EXPORT __attribute__((visibility("default")))

/* Says in a declaration on which thread a function is called. */
#define BULKHEAD_MAIN_THREAD

#ifdef __cplusplus
extern "C" {
#endif

/* One place where a document is shown, as the host knows it. Valid from create() until destroy() returns. */
typedef struct bulkhead_page bulkhead_page;

/* ---- what the host tells ------------------------------------------------------------------------------------------
 */

typedef struct bulkhead_rect
{
    int32_t x, y, width, height;
} bulkhead_rect;

enum bulkhead_view_flags {
    BULKHEAD_VIEW_VISIBLE = 1, /* paint() is called; hidden views should do no work */
    BULKHEAD_VIEW_FOCUSED = 2, /* keys come here */
    BULKHEAD_VIEW_DARK = 4,    /* the person prefers dark colours */
    BULKHEAD_VIEW_EMBEDDED = 8 /* a box in a page, not a page of its own */
};

typedef struct bulkhead_view
{
    uint32_t size;
    uint32_t flags;
    int32_t width, height;     /* device pixels */
    double scale;              /* device pixels per document unit: screen times zoom */
    double device_pixel_ratio; /* device pixels per logical pixel of the screen */
} bulkhead_view;

typedef struct bulkhead_attribute
{
    const char *name, *value; /* of the <embed> or <object> element */
} bulkhead_attribute;

typedef struct bulkhead_document
{
    uint32_t size;
    const char *url;
    const char *mime_type; /* lower case, without parameters */
    const char *file_name; /* a name for people; may be empty */
    uint64_t length;       /* bytes, or BULKHEAD_LENGTH_UNKNOWN */
    const bulkhead_attribute *attributes;
    size_t attribute_count;
} bulkhead_document;

#define BULKHEAD_LENGTH_UNKNOWN UINT64_MAX

/* Memory to paint into. It holds the frame before wherever it is not damaged. */
typedef struct bulkhead_frame
{
    uint32_t size;
    uint32_t *pixels;           /* 0xAARRGGBB, premultiplied; shown opaque */
    int32_t width, height;      /* device pixels */
    int32_t stride;             /* bytes from one line to the next */
    int32_t origin_x, origin_y; /* device pixels of the document that are scrolled away to the left and above */
    double scale;               /* as in bulkhead_view */
} bulkhead_frame;

enum bulkhead_input_type {
    BULKHEAD_MOUSE_PRESS = 1,
    BULKHEAD_MOUSE_MOVE = 2,
    BULKHEAD_MOUSE_RELEASE = 3,
    BULKHEAD_MOUSE_LEAVE = 4,
    BULKHEAD_WHEEL = 5,
    BULKHEAD_KEY_PRESS = 6,
    BULKHEAD_KEY_RELEASE = 7,
    BULKHEAD_FOCUS_IN = 8,
    BULKHEAD_FOCUS_OUT = 9,
    BULKHEAD_TOUCH_BEGIN = 10,
    BULKHEAD_TOUCH_MOVE = 11,
    BULKHEAD_TOUCH_END = 12,
    BULKHEAD_TEXT = 13,   /* an input method has finished text */
    BULKHEAD_COMPOSE = 14 /* it is still being composed; empty text: no more */
};

enum bulkhead_button { BULKHEAD_LEFT = 1, BULKHEAD_RIGHT = 2, BULKHEAD_MIDDLE = 4 };

typedef struct bulkhead_input
{
    uint32_t size;
    uint32_t type;            /* enum bulkhead_input_type; leave unknown ones unhandled */
    double x, y;              /* document units */
    double view_x, view_y;    /* device pixels in the view */
    uint32_t button, buttons; /* that changed; that are down. enum bulkhead_button */
    uint32_t modifiers;       /* as Qt::KeyboardModifiers: shift 0x02000000, ctrl 0x04000000, alt 0x08000000 */
    uint32_t clicks;          /* 2 for a double click */
    double wheel_x, wheel_y;  /* logical pixels; positive is to the left and up, as Qt counts */
    uint32_t key;             /* as Qt::Key: letters are upper-case Latin-1 */
    const char *text;         /* of keys and input methods; may be empty */
    int32_t touch_id;
} bulkhead_input;

/* ---- what the plugin can call -------------------------------------------------------------------------------------
 */

enum bulkhead_log_level {
    BULKHEAD_LOG_DEBUG = 7,
    BULKHEAD_LOG_INFO = 6,
    BULKHEAD_LOG_WARNING = 4,
    BULKHEAD_LOG_ERROR = 3
};

typedef struct bulkhead_host
{
    uint32_t size;
    uint16_t abi_major, abi_minor;

    /* A structure of functions, or NULL: see "Extensions of the host". */
    BULKHEAD_MAIN_THREAD const void *(*extension)(const char *id);

    /* A part of the document (document units; NULL: all of it) looks different now: paint() follows. */
    BULKHEAD_MAIN_THREAD void (*invalidate)(bulkhead_page *page, const bulkhead_rect *area);
    /* Size of the whole document in document units. Where it exceeds the view, the host scrolls; without a size, or 0
       by 0, the document is always as large as the view. */
    BULKHEAD_MAIN_THREAD void (*set_content_size)(bulkhead_page *page, int32_t width, int32_t height);
    /* What is seen where nothing is painted: 0xAARRGGBB, white at first. The frame is filled with it before paint(). */
    BULKHEAD_MAIN_THREAD void (*set_background)(bulkhead_page *page, uint32_t argb);
    BULKHEAD_MAIN_THREAD void (*set_title)(bulkhead_page *page, const char *title);
    /* 0 to 1; 1 says that the document is complete. Without it, it is complete when its content has ended. */
    BULKHEAD_MAIN_THREAD void (*set_progress)(bulkhead_page *page, double fraction);
    /* Shows a page that says what is wrong with the document instead of calling paint(); NULL ends that. */
    BULKHEAD_MAIN_THREAD void (*set_error)(bulkhead_page *page, const char *sentence);
    BULKHEAD_MAIN_THREAD void (*log)(int level, const char *sentence);
} bulkhead_host;

/* ---- what the plugin is -------------------------------------------------------------------------------------------
 */

typedef struct bulkhead_plugin
{
    uint32_t size;
    uint16_t abi_major, abi_minor; /* BULKHEAD_ABI_MAJOR, BULKHEAD_ABI_MINOR */
    const char *id, *version;      /* as in the manifest */

    /* Required. One instance per place where a document is shown; NULL: it cannot be. */
    BULKHEAD_MAIN_THREAD void *(*create)(const bulkhead_host *host, bulkhead_page *page);
    BULKHEAD_MAIN_THREAD void (*destroy)(void *self);
    /* Required. Paints the damaged part (device pixels of the frame, at most 16 rectangles) and nothing else. */
    BULKHEAD_MAIN_THREAD void (*paint)(void *self, const bulkhead_frame *frame, const bulkhead_rect *damage,
                                       size_t count);

    /* Before anything else, and whenever something of it changes. */
    BULKHEAD_MAIN_THREAD void (*view)(void *self, const bulkhead_view *view);
    /* The content: begin() once; then, as the manifest's "content" says, data() any number of times ("stream"), or
       whole() once ("whole", with read-only memory that stays valid until destroy()), or nothing ("ranges"); then
       end(). Content that stops early ends with complete = 0. */
    BULKHEAD_MAIN_THREAD void (*begin)(void *self, const bulkhead_document *document);
    BULKHEAD_MAIN_THREAD void (*data)(void *self, const void *bytes, size_t count);
    BULKHEAD_MAIN_THREAD void (*whole)(void *self, const void *bytes, size_t count);
    BULKHEAD_MAIN_THREAD void (*end)(void *self, int complete);
    /* 1: handled. What is not handled the host uses: it scrolls, or gives it to the page around (wheel, Tab). */
    BULKHEAD_MAIN_THREAD int (*input)(void *self, const bulkhead_input *event);
    /* Writes at most capacity bytes that restore() of another instance understands; returns how many, or 0. Called at
       quiet moments; what was saved last is restored after a crash and when the person comes back, after begin(). */
    BULKHEAD_MAIN_THREAD size_t (*save)(void *self, void *state, size_t capacity);
    BULKHEAD_MAIN_THREAD void (*restore)(void *self, const void *state, size_t count);
    /* A structure of functions, or NULL: see "Extensions of a plugin". */
    BULKHEAD_MAIN_THREAD const void *(*extension)(const char *id);
} bulkhead_plugin;

/* The one exported object:
       BULKHEAD_EXPORT const bulkhead_plugin bulkhead_plugin_entry = { sizeof(bulkhead_plugin), ... }; */
#define BULKHEAD_ENTRY "bulkhead_plugin_entry"
extern __attribute__((visibility("default"))) const bulkhead_plugin bulkhead_plugin_entry;

#define BULKHEAD_STATE_BYTES 65536 /* the most that save() is given room for */

/* ---- extensions of a plugin ---------------------------------------------------------------------------------------
 */

#define BULKHEAD_FIND "bulkhead.find/1"
enum bulkhead_find_flags { BULKHEAD_FIND_BACKWARD = 1, BULKHEAD_FIND_CASE_SENSITIVE = 2 };
typedef struct bulkhead_find_result
{
    uint32_t size;
    uint32_t count, active; /* matches; which one is active, from 1, or 0 */
    bulkhead_rect area;     /* of the active one, document units: scrolled into view */
} bulkhead_find_result;
typedef struct bulkhead_find
{
    uint32_t size;
    /* Highlights matches and steps to the next one; an empty text ends finding. */
    BULKHEAD_MAIN_THREAD void (*find)(void *self, const char *text, uint32_t flags, bulkhead_find_result *result);
} bulkhead_find;

#define BULKHEAD_SELECTION "bulkhead.selection/1"
typedef struct bulkhead_selection
{
    uint32_t size;
    /* Text of the selection or of everything: writes at most capacity bytes, returns how many there are. */
    BULKHEAD_MAIN_THREAD size_t (*text)(void *self, int selection_only, char *text, size_t capacity);
    BULKHEAD_MAIN_THREAD void (*select_all)(void *self);
    BULKHEAD_MAIN_THREAD void (*clear)(void *self);
} bulkhead_selection;

/* With this extension zoom is the plugin's business: the view's scale is the screen's alone. */
#define BULKHEAD_ZOOM "bulkhead.zoom/1"
typedef struct bulkhead_zoom
{
    uint32_t size;
    BULKHEAD_MAIN_THREAD void (*zoom)(void *self, double factor); /* 1 is 100 % */
} bulkhead_zoom;

#define BULKHEAD_OUTLINE "bulkhead.outline/1"
typedef struct bulkhead_outline
{
    uint32_t size;
    /* Entries in order; level 1 is the outermost. 0 when there is no such entry. */
    BULKHEAD_MAIN_THREAD int (*entry)(void *self, uint32_t index, char *title, size_t capacity, uint32_t *level,
                                      bulkhead_rect *area);
} bulkhead_outline;

#define BULKHEAD_PAGES "bulkhead.pages/1" /* page navigation, and what printing prints */
typedef struct bulkhead_pages
{
    uint32_t size;
    BULKHEAD_MAIN_THREAD uint32_t (*count)(void *self);
    BULKHEAD_MAIN_THREAD int (*area)(void *self, uint32_t index, bulkhead_rect *area); /* document units */
    /* The whole frame is one page at the frame's scale. */
    BULKHEAD_MAIN_THREAD int (*paint)(void *self, uint32_t index, const bulkhead_frame *frame);
} bulkhead_pages;

#define BULKHEAD_MESSAGES "bulkhead.messages/1" /* of the plugin: receives; of the host: posts */
typedef struct bulkhead_message_receiver
{
    uint32_t size;
    BULKHEAD_MAIN_THREAD void (*receive)(void *self, const char *json);
} bulkhead_message_receiver;

/* ---- extensions of the host ---------------------------------------------------------------------------------------
 */

typedef struct bulkhead_message_sender
{
    uint32_t size;
    /* To what embeds the plugin: at most 64 KiB. 0 when nobody does. */
    BULKHEAD_MAIN_THREAD int (*post)(bulkhead_page *page, const char *json);
} bulkhead_message_sender;

#define BULKHEAD_TIMERS "bulkhead.timers/1"
typedef struct bulkhead_timers
{
    uint32_t size;
    /* Calls @p done(user) once after so many milliseconds. 0 when there are too many. Ends with the page. */
    BULKHEAD_MAIN_THREAD uint32_t (*start)(bulkhead_page *page, uint32_t milliseconds, void (*done)(void *user),
                                           void *user);
    BULKHEAD_MAIN_THREAD void (*stop)(bulkhead_page *page, uint32_t timer);
} bulkhead_timers;

#define BULKHEAD_SCROLLING "bulkhead.scrolling/1"
typedef struct bulkhead_scrolling
{
    uint32_t size;
    BULKHEAD_MAIN_THREAD void (*position)(bulkhead_page *page, int32_t *x, int32_t *y); /* document units */
    BULKHEAD_MAIN_THREAD void (*scroll_to)(bulkhead_page *page, int32_t x, int32_t y);
    BULKHEAD_MAIN_THREAD void (*show)(bulkhead_page *page, const bulkhead_rect *area); /* moves as little as needed */
} bulkhead_scrolling;

#define BULKHEAD_CURSOR "bulkhead.cursor/1"
typedef struct bulkhead_cursor
{
    uint32_t size;
    BULKHEAD_MAIN_THREAD void (*set)(bulkhead_page *page,
                                     uint32_t shape); /* as Qt::CursorShape: 0 arrow, 4 text, 13 hand */
} bulkhead_cursor;

#define BULKHEAD_THEME "bulkhead.theme/1"
typedef struct bulkhead_colors
{
    uint32_t size;
    uint32_t background, text, faint_text, accent, error; /* 0xAARRGGBB */
} bulkhead_colors;
typedef struct bulkhead_theme
{
    uint32_t size;
    BULKHEAD_MAIN_THREAD void (*colors)(bulkhead_page *page,
                                        bulkhead_colors *colors); /* for light or dark, as the view is */
} bulkhead_theme;

/* For manifests with "content": "ranges". */
#define BULKHEAD_CONTENT "bulkhead.content/1"
typedef struct bulkhead_content
{
    uint32_t size;
    /* Asks for a piece of the document, at most 512 KiB; done is called later, with fewer bytes where the document
       ends, and with NULL when it cannot be read. 0 when too many are under way. */
    BULKHEAD_MAIN_THREAD int (*read)(bulkhead_page *page, uint64_t offset, uint32_t count,
                                     void (*done)(void *user, uint64_t offset, const void *bytes, size_t count),
                                     void *user);
} bulkhead_content;

/* The services below need a permission in the manifest, and, each the first time, the person's. What is refused is
   answered with ok = 0 and a sentence that names the manifest's key. */
typedef void (*bulkhead_answer)(void *user, int ok, const void *bytes, size_t count);

#define BULKHEAD_FETCH "bulkhead.fetch/1" /* permission "fetch" */
typedef struct bulkhead_fetch
{
    uint32_t size;
    BULKHEAD_MAIN_THREAD void (*get)(bulkhead_page *page, const char *url, bulkhead_answer done, void *user);
} bulkhead_fetch;

#define BULKHEAD_STORAGE "bulkhead.storage/1" /* permission "storage": values by key, for this plugin and site */
typedef struct bulkhead_storage
{
    uint32_t size;
    BULKHEAD_MAIN_THREAD void (*get)(bulkhead_page *page, const char *key, bulkhead_answer done, void *user);
    BULKHEAD_MAIN_THREAD void (*put)(bulkhead_page *page, const char *key, const void *bytes, size_t count,
                                     bulkhead_answer done, void *user);
    BULKHEAD_MAIN_THREAD void (*remove)(bulkhead_page *page, const char *key, bulkhead_answer done, void *user);
} bulkhead_storage;

#define BULKHEAD_CLIPBOARD "bulkhead.clipboard/1" /* permission "clipboard": text, to the clipboard only */
typedef struct bulkhead_clipboard
{
    uint32_t size;
    BULKHEAD_MAIN_THREAD void (*copy)(bulkhead_page *page, const char *text, bulkhead_answer done, void *user);
} bulkhead_clipboard;

#define BULKHEAD_SAVE "bulkhead.save/1" /* permission "save-as": the person chooses the file */
typedef struct bulkhead_save
{
    uint32_t size;
    BULKHEAD_MAIN_THREAD void (*save)(bulkhead_page *page, const char *suggested_name, const void *bytes, size_t count,
                                      bulkhead_answer done, void *user);
} bulkhead_save;

#define BULKHEAD_OPEN "bulkhead.open/1" /* permission "open-link" */
typedef struct bulkhead_open
{
    uint32_t size;
    BULKHEAD_MAIN_THREAD void (*link)(bulkhead_page *page, const char *url, int new_tab, bulkhead_answer done,
                                      void *user);
} bulkhead_open;

#ifdef __cplusplus
}
#endif

#endif
