BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBB
 #

BBBBB BBBBBBB
    XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
    XXXXXXX
        XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXX gettext(u'Where it was said') XXXXXXXXXX
        XXXXXXX
            XXXX
                XXX XXXXXXXXXXXX gettext(u'Outlet') XXXXX
                XXX XXXXXXXXXXXX gettext(u'Title') XXXXX
                XXX XXXXXXXXXXXX gettext(u'Published') XXXXX
                XXX XXXXXXXXXXXX gettext(u'Outcome') XXXXX
            XXXXX
        XXXXXXXX
        XXXXXXX
            BBB BBB BB BBBBBBBBBBBXXXX
                    XXX XXXXXXXXXXXXXXXXX
                    XXXXXXXXX
                    XXXXXXXXX
                    XXXXXXXXX
                XXXXXBBBBBB
        XXXXXXXX
    XXXXXXXX
    BB BBBBBBBBBBBBBXXXX gettext(u'Our verdict') X XXXXX
        BB BBBBBBBBBBBBBBBBBBBBXXXXXXXBBBBBBBBBB
    BB BBBBBBBBBBBBBBBXXXX gettext(u'Our facts') XXXXX
        FFFFFFFFFFBBBBB
    BB BBBBBBBBBBBBBBBBBXXXX gettext(u'Answer') X XXXXXBBBBB
    BB BBBBBBBBBBBBBBBXXXX gettext(u'Deadlines') XXXXX
        XXXX
            BBB BBB BB BBBBBBBBBBBBBBBXXXXX XXXXXBBBBBB
        XXXXXBBBBB
    XXX gettext(u'Responsible') X XXXX
BBBBBBBB
