 #

 _("Approved facts that touch it") 
BB BBBBBBBBBBB
    XXX XXXXXXXXXXX XXXXXX
        BBB BBBB BB BBBBBBBBBBBXXXX
                XXXXXXXXXXX
                FFFFFFFFFFFFXXXX
                XXXXX XXXXXXXXXXXX XXXXXXX X  pgettext(u'quoted', u'until') 
                    FFFFFFFFFFFFXXXXXXX
            XXXXXBBBBBB
    XXXXX
BBBBXX XXXXXXXXXXX XXXXX XXXXXX
         gettext(u'The bank holds nothing that may be quoted of this.') 
        XX XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBBBBXX gettext(u'Approved facts') XXXX
    XXXXBBBBB
BBBBBBB
